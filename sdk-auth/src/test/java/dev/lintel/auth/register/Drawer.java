package dev.lintel.auth.register;

import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A sink that keeps what it gets in memory, unless it is full or broken. */
final class Drawer implements SecretSink {
    private final MemorySecretSink kept = new MemorySecretSink();
    final Set<String> places = new TreeSet<>();
    /** Takes no values, but notes. */
    boolean full;

    boolean broken;

    @Override
    public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) throws StoreException {
        if (full && !values.isEmpty()) {
            throw new StoreException("the drawer is full");
        }
        if (broken && !values.isEmpty()) {
            throw new IllegalStateException(
                    "no room for " + values.get("client_secret").reveal());
        }
        kept.put(place, values, notes);
        places.add(place.toString());
    }

    @Override
    public void note(SecretPlace place, Map<String, String> notes) throws StoreException {
        kept.note(place, notes);
    }

    @Override
    public Optional<Map<String, String>> notes(SecretPlace place) {
        return kept.notes(place);
    }

    @Override
    public void remove(SecretPlace place) {
        kept.remove(place);
        places.remove(place.toString());
    }

    Map<String, String> revealedAll(String path) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String key : new String[] {"client_id", "client_secret", "issuer", "token_endpoint"}) {
            kept.value(SecretPlace.of(path), key).ifPresent(value -> all.put(key, value.reveal()));
        }
        return all;
    }

    String revealed(String id) {
        return kept.value(SecretPlace.of("shop-team/" + id), "client_secret")
                .orElseThrow()
                .reveal();
    }

    @Override
    public String toString() {
        return kept.toString();
    }
}
