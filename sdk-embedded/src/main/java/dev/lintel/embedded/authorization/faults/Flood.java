package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.http.Delivery;
import dev.lintel.embedded.authorization.http.Outlet;
import dev.lintel.embedded.authorization.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sends JSON with one long string in it, as fast as the caller takes it, without ever holding more of it than a piece.
 *
 * @param length how long the body is; negative if it never ends
 */
record Flood(long length) implements Delivery {
    /** The least length. */
    static final int LEAST = 32;

    private static final byte[] BEGIN = ascii("{\"access_token\":\"");
    private static final byte[] END = ascii("\"}");
    private static final int PIECE = 16 * 1024;

    @Override
    public void deliver(Reply reply, Outlet outlet) {
        String framing = length < 0 ? "" : "content-length: " + length + "\r\n";
        byte[] head =
                ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + framing + "connection: close\r\n\r\n");
        long filling = length < 0 ? Long.MAX_VALUE : length - BEGIN.length - END.length;
        outlet.send(head, () -> outlet.send(BEGIN, () -> fill(filling, outlet)));
    }

    private void fill(long left, Outlet outlet) {
        if (left == 0) {
            outlet.send(END, outlet::finish);
            return;
        }
        byte[] piece = new byte[(int) Math.min(left, PIECE)];
        Arrays.fill(piece, (byte) 'a');
        long rest = length < 0 ? left : left - piece.length;
        // Not at once: a send that succeeds at once would go on from within itself, deeper and deeper.
        outlet.send(piece, () -> outlet.soon(() -> fill(rest, outlet)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
