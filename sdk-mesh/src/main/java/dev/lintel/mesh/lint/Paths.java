package dev.lintel.mesh.lint;

/** Paths as an AuthorizationPolicy says them: exact, with one star at an end, or as a template. */
final class Paths {
    private static final String ONE = "{*}";
    private static final String REST = "{**}";

    private Paths() {}

    static boolean isTemplate(String path) {
        return path.contains("{") || path.contains("}");
    }

    /** Whether some request can have it: a star elsewhere is taken for a letter, which nobody writes. */
    static boolean canMatch(String path) {
        if (isTemplate(path)) {
            return isGood(path);
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
            return !isTemplate(narrow) && narrow.indexOf('*') < 0 && isGood(wide) && matches(wide, narrow);
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

    /** Whether the parts are texts or stars in braces, two of them only in the last one, before a slash or none. */
    private static boolean isGood(String template) {
        if (!template.startsWith("/")) {
            return false;
        }
        String[] parts = template.substring(1).split("/", -1);
        int last = parts.length - (parts.length > 1 && parts[parts.length - 1].isEmpty() ? 2 : 1);
        for (int i = 0; i < parts.length; i++) {
            boolean text = parts[i].chars().noneMatch(c -> "*{}".indexOf(c) >= 0);
            if (!text && !parts[i].equals(ONE) && !(parts[i].equals(REST) && i == last)) {
                return false;
            }
        }
        return true;
    }

    /** Part by part: both are of anybody, and an expression made of them could be long in failing. */
    private static boolean matches(String template, String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        String[] parts = template.substring(1).split("/", -1);
        String[] said = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i >= said.length) {
                return false;
            }
            if (parts[i].equals(REST)) {
                return i == parts.length - 1 || said.length > i + 1 && path.endsWith("/");
            }
            if (parts[i].equals(ONE) ? said[i].isEmpty() : !parts[i].equals(said[i])) {
                return false;
            }
        }
        return parts.length == said.length;
    }
}
