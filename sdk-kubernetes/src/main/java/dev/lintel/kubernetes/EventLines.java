package dev.lintel.kubernetes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of the pieces in which an answer comes. */
final class EventLines {
    /** Without their specifications objects are small, and never larger than an apiserver takes them. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /**
     * The lines that end in some pieces; what is left is kept for the next ones.
     *
     * @throws IllegalArgumentException if a line is too long
     */
    List<String> of(List<ByteBuffer> pieces) {
        List<String> lines = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            while (piece.hasRemaining()) {
                byte next = piece.get();
                if (next == '\n') {
                    lines.add(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else if (begun.size() == LONGEST) {
                    throw new IllegalArgumentException("a line is longer than " + LONGEST + " bytes");
                } else {
                    begun.write(next);
                }
            }
        }
        return lines;
    }
}
