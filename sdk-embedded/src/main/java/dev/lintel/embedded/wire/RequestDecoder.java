package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Decodes requests; one that says its length in two ways is invalid rather than mended (RFC 9112, 6.1). */
public final class RequestDecoder extends HttpRequestDecoder {
    /** Names and values are checked once, by the reader behind this. */
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final HttpHeadersFactory UNCHECKED_TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    /**
     * A decoder for one connection.
     *
     * @param maxTarget the longest request line, in bytes
     * @param maxHeader the largest header, in bytes
     */
    public RequestDecoder(int maxTarget, int maxHeader) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxTarget)
                .setMaxHeaderSize(maxHeader)
                .setMaxChunkSize(64 * 1024)
                .setHeadersFactory(UNCHECKED)
                .setTrailersFactory(UNCHECKED_TRAILERS));
    }

    /** The version is case-sensitive (RFC 9112, 2.3), but is read here in any case. */
    @Override
    protected HttpMessage createMessage(String[] line) throws Exception {
        if (!line[2].startsWith("HTTP/")) {
            throw new IllegalArgumentException("not an HTTP version");
        }
        return super.createMessage(line);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding beside Content-Length");
    }
}
