package dev.lintel.mesh.istio;

import dev.lintel.core.Spelling;
import java.util.List;
import java.util.Locale;

/** What an AuthorizationPolicy may do, and what somebody may have meant. */
final class PolicyActions {
    static final List<String> ALL = List.of("ALLOW", "DENY", "AUDIT", "CUSTOM");
    /** So many letters at the beginning tell them apart. */
    private static final int BEGINNING = 3;

    private PolicyActions() {}

    /** The action that is written nearly so, or begins so; empty if none does. */
    static String near(String action) {
        String upper = action.toUpperCase(Locale.ROOT);
        return Spelling.near(upper, ALL)
                .or(() -> ALL.stream()
                        .filter(one -> upper.startsWith(one.substring(0, BEGINNING)))
                        .findFirst())
                .orElse("");
    }
}
