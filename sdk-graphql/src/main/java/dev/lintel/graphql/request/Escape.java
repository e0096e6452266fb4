package dev.lintel.graphql.request;

import java.nio.charset.StandardCharsets;

/** Percent-encoding by RFC 3986, 2. */
final class Escape {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    /** Reserved characters that end nothing inside a value of a query: not {@code & + # [ ]}. */
    static final String OF_QUERY = ":/?@!$'()*,;=";
    /** What RFC 6265, 4.1.1 lets into a value, without the comma of lists and the percent sign. */
    static final String OF_COOKIE = "!#$&'()*+/:<=>?@[]^`{|}";

    private Escape() {}

    /** All but unreserved characters. */
    static String all(String text) {
        return but(text, "");
    }

    /** All but unreserved characters and those that are kept. */
    static String but(String text, String kept) {
        int length = text.length();
        int at = 0;
        while (at < length && plain(text.charAt(at), kept)) {
            at++;
        }
        if (at == length) {
            return text;
        }
        StringBuilder out = new StringBuilder(length + 16).append(text, 0, at);
        while (at < length) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (plain(c, kept)) {
                out.append((char) c);
            } else if (c < 0x80) {
                hex(out, c);
            } else {
                if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    throw new BadArgumentException("", "is no text: half of a character is missing");
                }
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    hex(out, b & 0xff);
                }
            }
        }
        return out.toString();
    }

    /** One percent-decoding, bytes taken as Latin letters: enough to find delimiters. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped(text, i)) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Whether a percent sign with two digits stands there. */
    static boolean escaped(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }

    static boolean unreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static boolean plain(int c, String kept) {
        return unreserved(c) || c < 0x80 && kept.indexOf(c) >= 0;
    }

    private static void hex(StringBuilder out, int b) {
        out.append('%').append(HEX[b >> 4]).append(HEX[b & 15]);
    }
}
