package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.embedded.login.LoginAnswer;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.Fields;
import dev.lintel.embedded.wire.VerdictEdits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The gateway's own answers: a status with a small problem document (RFC 9457), without anything from inside. */
final class Answers {
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final AsciiString TEXT = AsciiString.cached("text/plain");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");

    /** Says that a limit was reached, so that whoever asks does not ask again at once (Envoy). */
    static final AsciiString OVERLOADED = AsciiString.cached("x-envoy-overloaded");

    private Answers() {}

    static FullHttpResponse failure(Failure failure) {
        FullHttpResponse answer = problem(failure.status(), failure.detail(), null);
        if (failure == Failure.OVERFLOW) {
            answer.headers().set(OVERLOADED, "true");
        }
        return answer;
    }

    /** A refusal as an authorizer wants it to be told; null if it says nothing about that. */
    static @Nullable FullHttpResponse said(Decision.Refuse refused, Verdict verdict) {
        boolean said = refused.reason() == Reason.UNAUTHORIZED
                && verdict instanceof Verdict.Denied denied
                && !(denied.headers().isEmpty() && denied.body().isEmpty());
        return said ? denied((Verdict.Denied) verdict) : null;
    }

    private static FullHttpResponse denied(Verdict.Denied denied) {
        int status = denied.status();
        boolean bodiless = status == 204 || status == 205 || status == 304;
        ByteBuf body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.copiedBuffer(denied.body(), StandardCharsets.UTF_8);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        HttpHeaders headers = answer.headers();
        if (body.isReadable()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, TEXT);
        }
        VerdictEdits.apply(headers, denied.headers());
        headers.set(HttpHeaderNames.DATE, Dates.now());
        if (status != 204 && status != 304) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return answer;
    }

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

    /** What a login answers. */
    static FullHttpResponse login(LoginAnswer made, @Nullable String challenge) {
        ByteBuf body = Unpooled.copiedBuffer(made.body(), StandardCharsets.UTF_8);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(made.status()), body);
        HttpHeaders headers = answer.headers().set(HttpHeaderNames.DATE, Dates.now());
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (!made.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, made.contentType());
        }
        made.headers().forEach(headers::set);
        made.cookies().forEach(cookie -> headers.add(HttpHeaderNames.SET_COOKIE, cookie));
        if (challenge != null) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
        }
        return answer;
    }

    /** Whether it can be written without breaking the message: a definition's parts are put into headers. */
    static boolean isSendable(Decision.Reply reply) {
        String location = reply.location() == null ? "" : reply.location();
        return reply.status() >= 200
                && reply.status() <= 599
                && Fields.isField("location", location)
                && Fields.isField("content-type", reply.contentType());
    }

    /** What a definition has answered in place of the service, if that can be sent. */
    static FullHttpResponse replyOrProblem(Decision.Reply reply) {
        return isSendable(reply) ? reply(reply) : problem(500, "the answer that is said for this cannot be sent", null);
    }

    /** What a definition has answered in place of the service. */
    static FullHttpResponse reply(Decision.Reply reply) {
        int status = reply.status();
        boolean bodiless = status == 204 || status == 304;
        ByteBuf body = bodiless || status == 205
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        HttpHeaders headers = answer.headers().set(HttpHeaderNames.DATE, Dates.now());
        if (!bodiless) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        if (body.isReadable() && !reply.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        }
        if (reply.location() != null) {
            headers.set(HttpHeaderNames.LOCATION, reply.location());
        }
        if (reply.fault()) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
        } else {
            HeaderEdits.response(headers, reply.api().entry().headers());
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
