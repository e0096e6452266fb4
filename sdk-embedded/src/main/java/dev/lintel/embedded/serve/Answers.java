package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The gateway's own answers: a status with a small problem document (RFC 9457), without anything from inside. */
final class Answers {
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");

    private Answers() {}

    static FullHttpResponse problem(int status, String detail, @Nullable String challenge) {
        HttpResponseStatus line = HttpResponseStatus.valueOf(status);
        ByteBuf body = Unpooled.copiedBuffer(document(line, detail), StandardCharsets.UTF_8);
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, line, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, PROBLEM)
                .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
                .set(HttpHeaderNames.DATE, Dates.now())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (challenge != null) {
            answer.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
        }
        return answer;
    }

    /** Says in whole seconds, rounded up, when a refused call is worth trying again (RFC 9110, 10.2.3). */
    static FullHttpResponse retryAfter(FullHttpResponse answer, @Nullable Decision decision) {
        if (decision instanceof Decision.Refuse refused && refused.retryAfter() != null) {
            long whole = refused.retryAfter().toSeconds();
            boolean more = refused.retryAfter().toNanosPart() > 0;
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, more ? whole + 1 : whole);
        }
        return answer;
    }

    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    private static String document(HttpResponseStatus status, String detail) {
        StringBuilder json = new StringBuilder(128);
        json.append("{\"title\":\"").append(status.reasonPhrase());
        json.append("\",\"status\":").append(status.code()).append(",\"detail\":\"");
        for (int i = 0; i < detail.length(); i++) {
            char c = detail.charAt(i);
            if (c < ' ') {
                json.append(' ');
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return json.append("\"}\n").toString();
    }
}
