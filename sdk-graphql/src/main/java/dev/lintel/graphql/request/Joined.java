package dev.lintel.graphql.request;

import dev.lintel.graphql.upstream.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Several sources as one. A source that ends before its time, or does not end at it, is an error: nothing is filled up. */
final class Joined extends InputStream {
    /** A source and how many bytes it has, -1 if that is not known. */
    record Piece(long length, Content.Source source) {}

    private final Iterator<Piece> pieces;
    private InputStream open = InputStream.nullInputStream();
    private long left = -1;

    Joined(List<Piece> pieces) {
        this.pieces = pieces.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int unusedChecked = Objects.checkFromIndexSize(offset, length, into.length);
        while (length > 0) {
            int read = open.read(into, offset, length);
            if (read > 0) {
                if (left >= 0 && (left -= read) < 0) {
                    throw new IOException("a file has more bytes than were said");
                }
                return read;
            }
            if (left > 0) {
                throw new EOFException("a file has fewer bytes than were said");
            }
            open.close();
            if (!pieces.hasNext()) {
                return -1;
            }
            Piece next = pieces.next();
            open = next.source().open();
            left = next.length();
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
