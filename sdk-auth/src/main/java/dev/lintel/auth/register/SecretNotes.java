package dev.lintel.auth.register;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a client's secret in the sink: whose it is, and how far its replacement has come. Holds no secret.
 *
 * @param owner whose client it is
 * @param client the client's identifier at the registry
 * @param previous the client before, where a second one takes its place; null for none
 * @param generation counts the secrets that were put here
 * @param phase how far it has come
 * @param since when that phase began; null where no clock was asked
 * @param stamp what the second client will be known by, while one is being made; null otherwise
 */
record SecretNotes(
        String owner,
        String client,
        @Nullable String previous,
        int generation,
        RotationPhase phase,
        @Nullable Instant since,
        @Nullable String stamp) {

    SecretNotes at(RotationPhase next, @Nullable Instant when) {
        return new SecretNotes(owner, client, previous, generation, next, when, stamp);
    }

    SecretNotes without(RotationPhase next) {
        return new SecretNotes(owner, client, null, generation, next, null, null);
    }

    SecretNotes stamped(String with) {
        return new SecretNotes(owner, client, previous, generation, phase, since, with);
    }

    Map<String, String> write() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("owner", owner);
        notes.put("client", client);
        if (previous != null) {
            notes.put("previous", previous);
        }
        notes.put("generation", String.valueOf(generation));
        notes.put("phase", phase.name().toLowerCase(Locale.ROOT));
        if (since != null) {
            notes.put("since", since.toString());
        }
        if (stamp != null) {
            notes.put("stamp", stamp);
        }
        return notes;
    }

    /** Empty if that was not written here. */
    static Optional<SecretNotes> read(Map<String, String> notes) {
        String owner = notes.get("owner");
        String client = notes.get("client");
        String since = notes.get("since");
        try {
            return owner == null || client == null
                    ? Optional.empty()
                    : Optional.of(new SecretNotes(
                            owner,
                            client,
                            notes.get("previous"),
                            Integer.parseInt(notes.getOrDefault("generation", "")),
                            RotationPhase.valueOf(
                                    notes.getOrDefault("phase", "").toUpperCase(Locale.ROOT)),
                            since == null ? null : Instant.parse(since),
                            notes.get("stamp")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
