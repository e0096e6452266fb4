package dev.lintel.mesh.lint;

import java.util.regex.Pattern;

/** Paths as an AuthorizationPolicy says them: exact, with one star at an end, or as a template. */
final class Paths {
    private static final Pattern TEMPLATE = Pattern.compile("(/(\\{\\*\\}|[^/*{}]*))*(/\\{\\*\\*\\})?/?");

    private Paths() {}

    static boolean isTemplate(String path) {
        return path.contains("{") || path.contains("}");
    }

    /** Whether some request can have it: a star elsewhere is taken for a letter, which nobody writes. */
    static boolean canMatch(String path) {
        if (isTemplate(path)) {
            return TEMPLATE.matcher(path).matches();
        }
        if (path.equals("*")) {
            return true;
        }
        String inner = path.startsWith("*") ? path.substring(1) : path;
        inner = inner.endsWith("*") && !path.startsWith("*") ? inner.substring(0, inner.length() - 1) : inner;
        return inner.indexOf('*') < 0 && (path.startsWith("/") || path.startsWith("*"));
    }

    /** Whether all paths of the second are surely paths of the first. */
    static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow) || wide.equals("*")) {
            return true;
        }
        if (isTemplate(wide)) {
            return !isTemplate(narrow) && narrow.indexOf('*') < 0 && matches(wide, narrow);
        }
        if (wide.endsWith("*")) {
            String head = wide.substring(0, wide.length() - 1);
            int open = narrow.indexOf('{');
            String start = open < 0 ? narrow : narrow.substring(0, open);
            return !narrow.startsWith("*") && start.startsWith(head);
        }
        return wide.startsWith("*")
                && !narrow.endsWith("*")
                && !isTemplate(narrow)
                && narrow.endsWith(wide.substring(1));
    }

    private static boolean matches(String template, String path) {
        StringBuilder regex = new StringBuilder();
        for (String part : template.split("(?<=\\})|(?=\\{)", -1)) {
            switch (part) {
                case "{*}" -> regex.append("[^/]+");
                case "{**}" -> regex.append(".*");
                default -> regex.append(Pattern.quote(part));
            }
        }
        return Pattern.matches(regex.toString(), path);
    }
}
