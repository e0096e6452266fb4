package dev.lintel.judges.keycloak;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import java.util.Map;
import java.util.Optional;

/** A sink that takes notes and no values. */
final class CutOffSink implements SecretSink {
    private final SecretSink inner;

    CutOffSink(SecretSink inner) {
        this.inner = inner;
    }

    @Override
    public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) throws StoreException {
        throw new StoreException("the line was cut off");
    }

    @Override
    public void note(SecretPlace place, Map<String, String> notes) throws StoreException {
        inner.note(place, notes);
    }

    @Override
    public Optional<Map<String, String>> notes(SecretPlace place) throws StoreException {
        return inner.notes(place);
    }

    @Override
    public void remove(SecretPlace place) throws StoreException {
        inner.remove(place);
    }
}
