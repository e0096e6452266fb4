package dev.lintel.core;

/**
 * Texts in which names and values of anybody stand: whoever reads them line by line must not take a part of one for a line
 * of its own.
 */
final class OneLine {
    private OneLine() {}

    /** The text with {@code ?} in place of control characters and whatever else begins a line. */
    static String of(String text) {
        return without(text, true);
    }

    /** The same for a text that may have several lines, as one that is to be copied. */
    static String each(String text) {
        return without(text, false);
    }

    private static String without(String text, boolean feeds) {
        StringBuilder flat = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (breaks(c) && (feeds || c != '\n')) {
                flat = flat == null ? new StringBuilder(text) : flat;
                flat.setCharAt(i, '?');
            }
        }
        return flat == null ? text : flat.toString();
    }

    private static boolean breaks(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
