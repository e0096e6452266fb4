package dev.lintel.graphql.execute;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in UTF-8 that can be taken back to a mark. */
final class JsonOut {
    /** How long an answer may be, in bytes: aliases can make much of one answer of a service. */
    static final int MOST = 32 << 20;

    /** There is no room for more. */
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FullException() {
            super("an answer has no more than " + MOST + " bytes", null, false, false);
        }
    }

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int length;

    int mark() {
        return length;
    }

    void back(int mark) {
        length = mark;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void raw(int c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    void raw(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    void none() {
        raw(NULL);
    }

    /** Any value: texts, flags, numbers with all their digits, lists, maps; anything else as a text. */
    void value(@Nullable Object value) {
        if (value == null) {
            none();
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Number || value instanceof Boolean) {
            ascii(value.toString());
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> list) {
            list(list);
        } else {
            text(value.toString());
        }
    }

    private void map(Map<?, ?> map) {
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            text(String.valueOf(entry.getKey()));
            raw(':');
            value(entry.getValue());
        }
        raw('}');
    }

    private void list(Collection<?> list) {
        raw('[');
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(item);
        }
        raw(']');
    }

    void ascii(String text) {
        int size = text.length();
        room(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void text(String text) {
        int size = text.length();
        room(size + 2);
        bytes[length++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c > 0x7e) {
                rest(text, i);
                return;
            }
            bytes[length++] = (byte) c;
        }
        raw('"');
    }

    /** From the first character that is not written as one byte; halves of pairs become question marks. */
    private void rest(String text, int from) {
        int size = text.length();
        int i = from;
        while (i < size) {
            char c = text.charAt(i++);
            if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
            } else if (c < 0x80) {
                raw(c);
            } else if (c < 0x800) {
                raw(0xc0 | c >> 6);
                raw(0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                raw(0xe0 | c >> 12);
                raw(0x80 | c >> 6 & 0x3f);
                raw(0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i < size && Character.isLowSurrogate(text.charAt(i))) {
                int point = Character.toCodePoint(c, text.charAt(i++));
                raw(0xf0 | point >> 18);
                raw(0x80 | point >> 12 & 0x3f);
                raw(0x80 | point >> 6 & 0x3f);
                raw(0x80 | point & 0x3f);
            } else {
                raw('?');
            }
        }
        raw('"');
    }

    private void escape(char c) {
        raw('\\');
        switch (c) {
            case '"', '\\' -> raw(c);
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> {
                raw('u');
                raw('0');
                raw('0');
                raw(HEX[c >> 4]);
                raw(HEX[c & 15]);
            }
        }
    }

    private void room(int more) {
        if (more > MOST - length) {
            throw new FullException();
        }
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
