package dev.lintel.auth.store;

import dev.lintel.core.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets that end with the process: for tests, and for programs that hand them to somebody else themselves. */
public final class MemorySecretSink implements SecretSink {
    private final Map<SecretPlace, Entry> entries = new LinkedHashMap<>();

    /** An empty sink. */
    public MemorySecretSink() {}

    private record Entry(Map<String, Secret> values, Map<String, String> notes) {}

    @Override
    public synchronized void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) {
        entries.put(place, new Entry(new LinkedHashMap<>(values), new LinkedHashMap<>(notes)));
    }

    @Override
    public synchronized void note(SecretPlace place, Map<String, String> notes) throws StoreException {
        Entry entry = entries.get(place);
        if (entry == null) {
            throw StoreException.unchanged("there is no secret " + place);
        }
        entries.put(place, new Entry(entry.values(), new LinkedHashMap<>(notes)));
    }

    @Override
    public synchronized Optional<Map<String, String>> notes(SecretPlace place) {
        return Optional.ofNullable(entries.get(place)).map(entry -> new LinkedHashMap<>(entry.notes()));
    }

    @Override
    public synchronized void remove(SecretPlace place) {
        entries.remove(place);
    }

    /**
     * One of the values.
     *
     * @param place where
     * @param key its name
     * @return empty if there is none
     */
    public synchronized Optional<Secret> value(SecretPlace place, String key) {
        return Optional.ofNullable(entries.get(place))
                .map(entry -> entry.values().get(key));
    }

    /** Where something is; no values. */
    @Override
    public synchronized String toString() {
        return "secrets in memory: " + entries.keySet();
    }
}
