package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.SplitRule;
import dev.lintel.embedded.identity.Proven;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Makes the messages that go on out of those that came: the decided path, our own forwarding headers, the said changes. */
final class Outgoing {
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");

    /** Who called, as the connection proved it (Envoy, x-forwarded-client-cert). */
    static final AsciiString FORWARDED_CLIENT_CERT = AsciiString.cached("x-forwarded-client-cert");

    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private Outgoing() {}

    /** Makes the headers of a request that came those of one that goes on. */
    static void headers(HttpHeaders headers, RequestHead head, Forward forward, String client, Arrival arrival) {
        headers.add(FORWARDED_FOR, client)
                .add(FORWARDED_PROTO, arrival.tls() ? HTTPS : HTTP)
                .add(FORWARDED_HOST, head.host());
        Proven proven = arrival.proven();
        if (proven != null && head.caller() instanceof Caller.Workload workload) {
            headers.set(FORWARDED_CLIENT_CERT, clientCertificate(workload, proven, forward.api()));
        }
        if (head.via() == Request.Via.ENTRY) {
            HeaderEdits.request(headers, forward.api().entry().headers());
        }
    }

    private static String clientCertificate(Caller.Workload workload, Proven proven, ApiModel api) {
        String domain = workload.trustDomain();
        String by = new Caller.Workload(domain, api.namespace(), api.service().name()).spiffeId();
        return "By=" + by + ";Hash=" + proven.hash() + ";URI=" + workload.spiffeId();
    }

    /** The request for the service: with its end where it has no body, otherwise the head alone. */
    static HttpRequest request(RequestHead head, String uri) {
        HttpRequest message = head.message();
        HttpHeaders headers = message.headers();
        if (head.hasBody()) {
            return message.setUri(uri).setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, message.method(), uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
    }

    /** The path that was decided is the path that is forwarded; what came is used again only if it says just that. */
    static String uri(String came, String path, @Nullable String query) {
        int length = path.length() + (query == null ? 0 : query.length() + 1);
        if (came.length() == length && came.startsWith(path)) {
            return came;
        }
        return query == null ? path : path + "?" + query;
    }

    /** The response for the client; what it says of its framing is said for the client's connection. */
    static void response(HttpResponse message, RequestHead head, Framing framing, Forward forward, boolean tls) {
        HttpHeaders headers = message.headers();
        message.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (head.isHttp10()) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            headers.remove(HttpHeaderNames.TRAILER);
        } else if (framing == Framing.CLOSE) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (head.via() == Request.Via.ENTRY) {
            HeaderEdits.response(headers, forward.api().entry().headers());
        }
        SplitRule split = forward.api().service().split();
        if (forward.remember() && split != null && split.sticky() != null) {
            String cookie = split.sticky().name() + "=" + forward.version() + "; Path=/; HttpOnly; SameSite=Lax";
            headers.add(HttpHeaderNames.SET_COOKIE, tls ? cookie + "; Secure" : cookie);
        }
    }
}
