package dev.lintel.core.match;

/** Which characters a path may have, and what their escapes mean (RFC 3986, 2 and 3.3). */
final class Chars {
    private static final boolean[] ALLOWED = table("-._~!$&'()*+,;=:@/");
    private static final boolean[] UNRESERVED = table("-._~");
    private static final String HEX = "0123456789ABCDEF";

    private Chars() {}

    static boolean allowed(char c) {
        return c < 128 && ALLOWED[c];
    }

    /** The value of the escape at a place, -1 if it is broken. */
    static int escape(CharSequence text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** Whether an escape with this value, of which these are the characters, is already written as it should be. */
    static boolean staysEscaped(int value, char high, char low) {
        return !isControl(value)
                && value != '/'
                && value != '\\'
                && (value > 127 || !UNRESERVED[value])
                && high < 'a'
                && low < 'a';
    }

    static boolean isControl(int value) {
        return value < 0x20 || value == 0x7f;
    }

    /** Unreserved characters are decoded, slashes of both kinds become slashes, everything else stays an escape. */
    static void append(StringBuilder out, int value) {
        if (value == '/' || value == '\\') {
            out.append('/');
        } else if (value < 128 && UNRESERVED[value]) {
            out.append((char) value);
        } else {
            out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
        }
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean[] table(String marks) {
        boolean[] table = new boolean[128];
        for (char c = 0; c < 128; c++) {
            table[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || marks.indexOf(c) >= 0;
        }
        return table;
    }
}
