package dev.lintel.mesh.istio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The matches of the routes of one host, so that none is written that an earlier one has taken. */
final class Taken {
    private final Map<@Nullable Object, List<Map<String, Object>>> byUri = new HashMap<>();

    /** Adds a match, if an earlier one has not taken all of its requests. */
    boolean add(Map<String, Object> match) {
        if (isTaken(match, match.get("uri")) || isTaken(match, null)) {
            return false;
        }
        byUri.computeIfAbsent(match.get("uri"), uri -> new ArrayList<>()).add(match);
        return true;
    }

    private boolean isTaken(Map<String, Object> match, @Nullable Object uri) {
        return byUri.getOrDefault(uri, List.of()).stream()
                .anyMatch(earlier -> match.entrySet().containsAll(earlier.entrySet()));
    }
}
