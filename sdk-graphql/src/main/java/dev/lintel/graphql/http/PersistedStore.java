package dev.lintel.graphql.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Documents that clients have sent with their hash; those that were used longest ago go first when it is full. */
final class PersistedStore {
    private final int most;
    private final long mostCharacters;
    private final Map<String, String> byHash = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    PersistedStore(int most, long mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    synchronized Optional<String> get(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    synchronized void put(String hash, String text) {
        if (text.length() > mostCharacters || byHash.putIfAbsent(hash, text) != null) {
            return;
        }
        characters += text.length();
        Iterator<String> oldest = byHash.values().iterator();
        while (byHash.size() > most || characters > mostCharacters) {
            characters -= oldest.next().length();
            oldest.remove();
        }
    }

    synchronized int size() {
        return byHash.size();
    }
}
