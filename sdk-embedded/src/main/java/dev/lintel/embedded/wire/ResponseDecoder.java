package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes the responses of a service on a connection that carries one request at a time. */
public final class ResponseDecoder extends HttpResponseDecoder {
    /** Names and values are checked once, by the reader behind this. */
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final HttpHeadersFactory UNCHECKED_TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    private boolean toHead;

    /**
     * A decoder for one connection.
     *
     * @param maxHeader the largest header, in bytes
     */
    public ResponseDecoder(int maxHeader) {
        super(new HttpDecoderConfig()
                .setMaxHeaderSize(maxHeader)
                .setMaxChunkSize(64 * 1024)
                .setHeadersFactory(UNCHECKED)
                .setTrailersFactory(UNCHECKED_TRAILERS));
    }

    /** Says whether the next response answers a HEAD request, and so has no body. */
    public void expect(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return toHead || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding beside Content-Length");
    }
}
