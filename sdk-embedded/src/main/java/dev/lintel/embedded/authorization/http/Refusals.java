package dev.lintel.embedded.authorization.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What is answered to requests that are not good HTTP, whatever they ask for. */
final class Refusals {
    private Refusals() {}

    static @Nullable Reply of(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (hosts > 1 || hosts == 0 && !old) {
            return Reply.text(400, "there must be exactly one Host field");
        }
        return null;
    }

    private static Reply undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpContentException) {
            return Reply.text(413, "the body is too large");
        }
        if (cause instanceof TooLongHttpLineException) {
            return Reply.text(414, "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Reply.text(431, "the header is too large");
        }
        return Reply.text(400, "not a valid HTTP/1.1 request");
    }
}
