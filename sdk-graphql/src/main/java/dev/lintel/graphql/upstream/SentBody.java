package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a request on its way; it knows whether what fails is its source. */
final class SentBody extends AbstractHttpEntity {
    private final Content content;
    private boolean unreadable;

    SentBody(Content content) {
        super(content.mediaType(), null);
        this.content = content;
    }

    /** Whether the file could not be read to its end, which is not the service's fault. */
    boolean unreadable() {
        return unreadable;
    }

    @Override
    public long getContentLength() {
        return content instanceof Content.Bytes bytes ? bytes.bytes().length : ((Content.Stream) content).length();
    }

    @Override
    public boolean isRepeatable() {
        return content instanceof Content.Bytes;
    }

    @Override
    public boolean isStreaming() {
        return content instanceof Content.Stream;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("a body that is sent is written, not read");
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (content instanceof Content.Bytes bytes) {
            out.write(bytes.bytes());
            return;
        }
        unreadable = true;
        byte[] buffer = new byte[8192];
        long left = getContentLength();
        boolean known = left >= 0;
        try (InputStream in = ((Content.Stream) content).source().open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (known && left < 0) {
                    throw new IOException("a file has more bytes than were said");
                }
                unreadable = false;
                out.write(buffer, 0, n);
                unreadable = true;
            }
        }
        if (known && left > 0) {
            throw new IOException("a file has fewer bytes than were said");
        }
        unreadable = false;
    }

    @Override
    public void close() {}
}
