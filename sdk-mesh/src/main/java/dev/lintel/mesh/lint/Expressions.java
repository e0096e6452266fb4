package dev.lintel.mesh.lint;

/**
 * What is wrong with a regular expression before RE2 reads it. Only what it surely refuses is told.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2, Syntax</a>
 */
final class Expressions {
    private static final int LONGEST = 1024;
    private static final String REPEATS = "*+?";

    private Expressions() {}

    /** Empty if nothing is. */
    static String wrong(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        return text.length() > LONGEST ? "is longer than " + LONGEST + " letters" : scanned(text);
    }

    private static String scanned(String text) {
        int open = 0;
        boolean nothing = true;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (nothing && REPEATS.indexOf(c) >= 0) {
                return "repeats nothing at '" + c + "'";
            }
            nothing = c == '(' || c == '|';
            if (c == '\\') {
                at++;
                if (at == text.length() || text.charAt(at) >= '1' && text.charAt(at) <= '9') {
                    return at == text.length() ? "ends with a backslash" : "refers back to a group";
                }
            } else if (c == '[') {
                at = behind(text, at);
                if (at < 0) {
                    return "has a '[' without its ']'";
                }
            } else if (c == '(') {
                open++;
                if (text.startsWith("(?", at)) {
                    if (looksAround(text, at + 2)) {
                        return "looks ahead or behind";
                    }
                    // What follows is a name or a flag and nothing that could be repeated.
                    at++;
                    nothing = false;
                }
            } else if (c == ')' && --open < 0) {
                return "has a ')' without its '('";
            }
        }
        return open > 0 ? "has a '(' without its ')'" : "";
    }

    private static boolean looksAround(String text, int at) {
        return text.startsWith("=", at)
                || text.startsWith("!", at)
                || text.startsWith("<=", at)
                || text.startsWith("<!", at)
                || text.startsWith(">", at);
    }

    /** The end of a class; negative if it has none. A bracket that comes first is one of its letters. */
    private static int behind(String text, int open) {
        int at = open + 1;
        if (text.startsWith("^", at)) {
            at++;
        }
        if (text.startsWith("]", at)) {
            at++;
        }
        while (at < text.length()) {
            if (text.charAt(at) == ']') {
                return at;
            }
            if (text.startsWith("[:", at) && text.indexOf(":]", at + 2) > 0) {
                at = text.indexOf(":]", at + 2) + 1;
            } else if (text.charAt(at) == '\\') {
                at++;
            }
            at++;
        }
        return -1;
    }
}
