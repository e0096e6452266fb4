package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks where the secrets of planned clients are, and what stands in their way. Changes nothing. */
final class SecretPlaces {
    private final String owner;
    private final ClientRegistry registry;
    private final ClientSecrets secrets;
    private final Map<String, String> beingMade = new LinkedHashMap<>();

    SecretPlaces(String owner, ClientRegistry registry, ClientSecrets secrets) {
        this.owner = owner;
        this.registry = registry;
        this.secrets = secrets;
    }

    /**
     * The clients under the identifiers that they have by now: one whose secret was replaced may have a successor, and
     * while programs move, there are both.
     */
    List<ClientSpec> settled(List<ClientSpec> said, List<Problem> problems, List<Problem> warnings) {
        List<ClientSpec> clients = new ArrayList<>();
        Map<SecretPlace, String> taken = new LinkedHashMap<>();
        for (ClientSpec client : said) {
            if (!client.proof().hasSecret()) {
                clients.add(client);
                continue;
            }
            SecretPlace place = client.placeFor(owner);
            String other = taken.putIfAbsent(place, client.id());
            if (other != null && !other.equals(client.id())) {
                problems.add(ClientPlanner.problem(
                        "clients.place-twice",
                        client.id(),
                        "wants its secret in " + place + ", and so does client '" + other + "'",
                        "say another place for one of them by secretIn(…)"));
            }
            Optional<SecretNotes> notes = looked(client, place, problems);
            if (notes.isEmpty()) {
                clients.add(client);
                continue;
            }
            String now = notes.get().client();
            clients.add(now.equals(client.id()) ? client : client.as(now, place));
            String previous = notes.get().previous();
            if (previous != null && !previous.equals(now) && isOurs(previous)) {
                clients.add(client.as(previous, place));
            }
            if (notes.get().phase() == RotationPhase.ADDING && notes.get().stamp() != null) {
                beingMade.put(notes.get().stamp(), client.id());
            }
            moving(client, place, notes.get(), warnings);
        }
        return clients;
    }

    /** The client whose second one that is, made by one who was cut off: only the rotation may do anything with it. */
    Optional<String> isSecondOf(KnownClient found) {
        return Optional.ofNullable(beingMade.get(found.stamp()));
    }

    private boolean isOurs(String id) {
        return registry.find(id).filter(found -> owner.equals(found.owner())).isPresent();
    }

    private static void moving(ClientSpec client, SecretPlace place, SecretNotes notes, List<Problem> warnings) {
        RotationPhase phase = notes.phase();
        if (phase != RotationPhase.STABLE && phase != RotationPhase.MAKING) {
            warnings.add(ClientPlanner.problem(
                    "clients.moving",
                    client.id(),
                    new RotationProgress(client.id(), place, notes.generation(), phase, notes.since()).text(),
                    "go on with rotation(…).go(…)"));
        }
    }

    private Optional<SecretNotes> looked(ClientSpec client, SecretPlace place, List<Problem> problems) {
        Optional<SecretNotes> notes;
        try {
            notes = secrets.notes(place);
        } catch (StoreException e) {
            problems.add(ClientPlanner.problem(
                    "clients.secret",
                    client.id(),
                    String.valueOf(e.getMessage()),
                    "mend that, or say another place by secretIn(…)"));
            return Optional.empty();
        }
        if (notes.isPresent()
                && (!owner.equals(notes.get().owner())
                        || !client.isAlso(notes.get().client()))) {
            problems.add(ClientPlanner.problem(
                    "clients.secret",
                    client.id(),
                    place + " holds the secret of client '" + notes.get().client() + "' of '"
                            + notes.get().owner() + "'",
                    "say another place by secretIn(…)"));
            return Optional.empty();
        }
        return notes;
    }

    /** Tells of a client that is registered while nobody can find its secret. */
    void lost(ClientSpec client, List<Problem> warnings) {
        if (!client.proof().hasSecret()) {
            return;
        }
        SecretPlace place = client.placeFor(owner);
        try {
            if (secrets.notes(place).isEmpty()) {
                warnings.add(ClientPlanner.problem(
                        "clients.lost",
                        client.id(),
                        "is registered, but its secret is not in " + place,
                        "rotate(\"" + client.id()
                                + "\") puts a new one there; the one that programs have may end by it"));
            }
        } catch (StoreException e) {
            // That the place cannot be read is a problem of the plan already.
            return;
        }
    }

    boolean isHalfMade(ClientSpec client) {
        try {
            return secrets.notes(client.placeFor(owner))
                    .filter(notes -> owner.equals(notes.owner())
                            && client.id().equals(notes.client())
                            && notes.phase() == RotationPhase.MAKING)
                    .isPresent();
        } catch (StoreException e) {
            return false;
        }
    }
}
