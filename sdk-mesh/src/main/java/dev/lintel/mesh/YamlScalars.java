package dev.lintel.mesh;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How a text is written in YAML: as it is where every reader, of YAML 1.1 or 1.2, takes it for the same text; in quotes
 * everywhere else.
 *
 * @see <a href="https://yaml.org/type/">YAML 1.1, language-independent types</a>
 * @see <a href="https://yaml.org/spec/1.2.2/#103-core-schema">YAML 1.2, core schema</a>
 */
final class YamlScalars {
    private static final Set<String> WORDS =
            new TreeSet<>(Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null"));
    /** Numbers in any base, with exponents or underscores, times in base 60, and dates. */
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[0-9][0-9_.:,+\\-eETtZz ]*|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+");

    private static final String BEGINS = "/_$^";
    private static final String GOES_ON = BEGINS + ".:,;{}[]*()+=@&?~|\\ -";
    private static final int LONGEST_WORD = 5;

    private YamlScalars() {}

    /** Whether a text stands for itself without quotes. Asked for every key and every text, so by signs and not by a regex. */
    static boolean isPlain(String text) {
        if (text.isEmpty() || !isIn(BEGINS, text.charAt(0))) {
            return false;
        }
        char before = 'a';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isIn(GOES_ON, c) || before == ':' && c == ' ') {
                return false;
            }
            before = c;
        }
        return before != ' ' && before != ':' && !isNumberLike(text) && !isWord(text);
    }

    private static boolean isIn(String signs, char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || signs.indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNumberLike(String text) {
        return isDigit(text.charAt(0)) && NUMBER_LIKE.matcher(text).matches();
    }

    private static boolean isWord(String text) {
        return text.length() <= LONGEST_WORD && WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a text is written line by line; not where a line ends with a space, or a sign cannot be seen. */
    static boolean isBlock(String text) {
        int newline = text.indexOf('\n');
        if (newline <= 0 || text.charAt(0) == ' ' || text.endsWith("\n\n")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean before = i > 0 && text.charAt(i - 1) == ' ';
            if (c == '\n' ? before : !isVisible(c)) {
                return false;
            }
        }
        return !text.endsWith(" ");
    }

    /** A text on one line. */
    static String inline(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isVisible(c) || isPair(text, i)) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** A sign that every reader takes as it is: no control, no line break of another kind, no half of a pair. */
    static boolean isVisible(char c) {
        return c >= ' ' && c < 0x7F
                || c >= 0xA0 && c < 0x2028
                || c > 0x202F && c < 0xD800
                || c >= 0xE000 && c < 0xFEFF
                || c > 0xFEFF && c < 0xFFFE;
    }

    private static boolean isPair(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                || Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
