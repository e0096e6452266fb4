package dev.lintel.core.match;

/** Reads UTF-8 byte by byte: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629, 4). */
final class Utf8 {
    /** No character is begun. */
    static final int START = 0;
    /** What came is not UTF-8. */
    static final int BROKEN = -1;

    private Utf8() {}

    /** The state after one more byte: {@link #START}, {@link #BROKEN}, or which bytes may follow and how many must. */
    static int next(int state, int value) {
        if (state == START) {
            return value < 0x80 ? START : begin(value);
        }
        int due = state >>> 16;
        if (state == BROKEN || value < (state >>> 8 & 0xff) || value > (state & 0xff)) {
            return BROKEN;
        }
        return due == 1 ? START : due(due - 1, 0x80, 0xbf);
    }

    private static int begin(int value) {
        if (value < 0xc2 || value > 0xf4) {
            return BROKEN;
        }
        if (value < 0xe0) {
            return due(1, 0x80, 0xbf);
        }
        if (value < 0xf0) {
            return due(2, value == 0xe0 ? 0xa0 : 0x80, value == 0xed ? 0x9f : 0xbf);
        }
        return due(3, value == 0xf0 ? 0x90 : 0x80, value == 0xf4 ? 0x8f : 0xbf);
    }

    private static int due(int bytes, int least, int most) {
        return bytes << 16 | least << 8 | most;
    }
}
