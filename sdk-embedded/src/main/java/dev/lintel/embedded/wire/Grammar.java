package dev.lintel.embedded.wire;

import io.netty.util.AsciiString;

/** The characters of HTTP: tokens, field values, request targets and authorities (RFC 9110, 5.5 and 5.6; RFC 9112, 3). */
final class Grammar {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] NAME = table("-._");

    private Grammar() {}

    static boolean isToken(CharSequence text) {
        return text instanceof AsciiString ascii
                ? isToken(ascii)
                : text.length() > 0 && all(text, 0, text.length(), TOKEN);
    }

    private static boolean isToken(AsciiString text) {
        byte[] bytes = text.array();
        int from = text.arrayOffset();
        int to = from + text.length();
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || !TOKEN[bytes[i]]) {
                return false;
            }
        }
        return to > from;
    }

    /** A method as it is registered: upper-case letters, with digits, {@code -} and {@code _} behind the first. */
    static boolean isMethod(String text) {
        boolean good = !text.isEmpty() && text.length() <= 32 && upper(text.charAt(0));
        for (int i = 1; i < text.length() && good; i++) {
            char c = text.charAt(i);
            good = upper(c) || c >= '0' && c <= '9' || c == '-' || c == '_';
        }
        return good;
    }

    /** No controls but the tab, so that nobody can read another message out of a value. */
    static boolean isFieldValue(CharSequence text) {
        return text instanceof AsciiString ascii ? isFieldValue(ascii) : isFieldValue(text.toString());
    }

    private static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFieldValue(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.byteAt(i);
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Visible ASCII without a fragment. */
    static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '#') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A host name or an address in brackets, with an optional port, and nothing else: no user information, no list. */
    static boolean isAuthority(String text) {
        int length = text.length();
        if (length == 0 || length > 260) {
            return false;
        }
        int end;
        if (text.charAt(0) == '[') {
            end = text.indexOf(']') + 1;
            for (int i = 1; i < end - 1; i++) {
                char c = text.charAt(i);
                if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                    return false;
                }
            }
        } else {
            int colon = text.indexOf(':');
            end = colon < 0 ? length : colon;
            if (!all(text, 0, end, NAME)) {
                return false;
            }
        }
        return end > 0 && isPort(text, end);
    }

    private static boolean isPort(String text, int colon) {
        if (colon == text.length()) {
            return true;
        }
        int digits = text.length() - colon - 1;
        if (text.charAt(colon) != ':' || digits < 1 || digits > 5) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A length of at most 18 digits, -1 if it is none. */
    static long length(CharSequence text) {
        if (text.length() == 0 || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean all(CharSequence text, int from, int to, boolean[] table) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c > 127 || !table[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] table(String marks) {
        boolean[] table = new boolean[128];
        for (char c = 0; c < 128; c++) {
            table[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || marks.indexOf(c) >= 0;
        }
        return table;
    }
}
