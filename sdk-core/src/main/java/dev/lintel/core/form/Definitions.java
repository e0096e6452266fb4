package dev.lintel.core.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of definitions, and what is said about a kind that is none of them. */
final class Definitions {
    static final List<String> KINDS =
            List.of(DefinitionFormat.KIND, DefinitionFormat.EGRESS, DefinitionFormat.ISOLATION);

    private Definitions() {}

    /** A kind that one letter too many, too few, another one or another case away; null if none is. */
    static @Nullable String near(String kind) {
        return KINDS.stream()
                .filter(known -> known.equalsIgnoreCase(kind) || isOneEditAway(known, kind))
                .findFirst()
                .orElse(null);
    }

    /** All of them, for a message. */
    static String kinds() {
        return "'" + DefinitionFormat.KIND + "', '" + DefinitionFormat.EGRESS + "' or '" + DefinitionFormat.ISOLATION
                + "'";
    }

    static String hint(@Nullable String near) {
        return near == null ? "" : "did you mean '" + near + "'?";
    }

    private static boolean isOneEditAway(String a, String b) {
        String longer = a.length() < b.length() ? b : a;
        String shorter = a.length() < b.length() ? a : b;
        if (longer.length() - shorter.length() > 1) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
            at++;
        }
        int rest = longer.length() == shorter.length() ? at + 1 : at;
        return rest <= shorter.length()
                && longer.endsWith(shorter.substring(rest))
                && longer.length() - at - 1 == shorter.length() - rest;
    }
}
