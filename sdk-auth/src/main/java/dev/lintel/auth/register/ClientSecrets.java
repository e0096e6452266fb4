package dev.lintel.auth.register;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The secrets of clients on their way into a sink. What a sink throws never gets further: it may quote what it was given. */
final class ClientSecrets {
    private static final int SECRET_BYTES = 32;
    private static final int STAMP_BYTES = 16;

    private final ClientRegistry registry;
    private final SecretSink sink;
    private final RandomGenerator random;

    ClientSecrets(ClientRegistry registry, SecretSink sink, RandomGenerator random) {
        this.registry = registry;
        this.sink = sink;
        this.random = random;
    }

    /** 256 bits that nobody can guess. */
    Secret draw() {
        return Secret.of(drawn(SECRET_BYTES));
    }

    /** 128 bits that no client of somebody else carries. */
    String stamp() {
        return drawn(STAMP_BYTES);
    }

    private String drawn(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What lies there; empty if nothing does, notes that were cut off included. */
    Optional<SecretNotes> notes(SecretPlace place) throws StoreException {
        return guarded(() -> sink.notes(place)).flatMap(SecretNotes::read);
    }

    /** Takes the place before there is a secret, so that a place that cannot be had is known before a client is made. */
    void reserve(SecretPlace place, SecretNotes notes) throws StoreException {
        if (guarded(() -> sink.notes(place)).isPresent()) {
            note(place, notes);
        } else {
            guarded(() -> {
                sink.put(place, Map.of(), notes.write());
                return place;
            });
        }
    }

    /** All that a program needs to get tokens. */
    void put(SecretPlace place, String clientId, Secret secret, SecretNotes notes) throws StoreException {
        Map<String, Secret> values = new LinkedHashMap<>();
        values.put("client_id", Secret.of(clientId));
        values.put("client_secret", secret);
        String issuer = registry.issuer();
        if (issuer != null) {
            values.put("issuer", Secret.of(issuer));
        }
        registry.tokenEndpoint().ifPresent(endpoint -> values.put("token_endpoint", Secret.of(endpoint.toString())));
        guarded(() -> {
            sink.put(place, values, notes.write());
            return place;
        });
    }

    void note(SecretPlace place, SecretNotes notes) throws StoreException {
        guarded(() -> {
            sink.note(place, notes.write());
            return place;
        });
    }

    void remove(SecretPlace place) throws StoreException {
        guarded(() -> {
            sink.remove(place);
            return place;
        });
    }

    /** What a sink is asked. */
    @FunctionalInterface
    private interface Asked<T> {
        T ask() throws StoreException;
    }

    @CanIgnoreReturnValue
    private static <T> T guarded(Asked<T> asked) throws StoreException {
        try {
            return asked.ask();
        } catch (RuntimeException e) {
            throw new StoreException("the sink failed with " + e.getClass().getName());
        }
    }

    @Override
    public String toString() {
        return sink.toString();
    }
}
