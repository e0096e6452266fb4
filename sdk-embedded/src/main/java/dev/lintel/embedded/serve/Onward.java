package dev.lintel.embedded.serve;

import dev.lintel.auth.client.Challenge;
import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.elsewhere.Proof;
import dev.lintel.embedded.elsewhere.Shown;
import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.wire.Fields;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.world.LocalFunction.Call;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of one request goes on to its service, wherever that is, and what comes back of it. */
final class Onward {
    private final Front front;
    private final RequestHead head;
    private final Forward forward;
    private final @Nullable FarSide far;
    private @Nullable HttpRequest made;
    private @Nullable Shown shown;
    private long began = Ticks.NEVER;
    private boolean refused;
    private boolean invalid;

    Onward(Front front, RequestHead head, Forward forward, @Nullable FarSide far) {
        this.front = front;
        this.head = head;
        this.forward = forward;
        this.far = far;
    }

    RequestHead head() {
        return head;
    }

    /** Null if the gateway does not prove itself to the service. */
    @Nullable
    Proof proof() {
        return far == null ? null : far.proof();
    }

    void show(Shown credential) {
        shown = credential;
    }

    @Nullable
    Shown shown() {
        return shown;
    }

    /** When the time of the call began; another beginning of the same call does not lengthen it. */
    long began(long now) {
        if (began == Ticks.NEVER) {
            began = now;
        }
        return began;
    }

    HttpMethod method() {
        return head.message().method();
    }

    /** What the service gets as {@code Host}. */
    String authority() {
        return far == null ? head.host() : far.authority();
    }

    String uri() {
        return Outgoing.uri(head.message().uri(), forward.forwardPath(), head.query());
    }

    Address address(Address bound) {
        return far == null ? bound : far.through(bound);
    }

    /** The request for a service in another process. */
    HttpRequest request() {
        HttpRequest request = made;
        if (request == null) {
            String uri = uri();
            clean(head.message().headers());
            request = Outgoing.request(head, uri);
            made = request;
        }
        if (shown != null) {
            request.headers().set(shown.name(), shown.value());
        }
        return request;
    }

    /** The headers as they go on, but for what the gateway proves itself with. */
    HttpHeaders copiedHeaders() {
        HttpHeaders copy = head.message().headers().copy();
        clean(copy);
        return copy;
    }

    /**
     * Whether what the caller proves itself with stays here: where the gateway proves itself instead, and where it was for
     * this gateway, because whoever else gets it could use it here.
     */
    private boolean withholds(FarSide from) {
        return from.isProven() || !head.token().equals(Token.NONE);
    }

    private void clean(HttpHeaders headers) {
        head.amendment().request(headers);
        Outgoing.headers(headers, head, forward, front.client(), front.arrival());
        if (far != null) {
            headers.set(HttpHeaderNames.HOST, far.authority());
            headers.remove(Outgoing.FORWARDED_CLIENT_CERT);
            if (withholds(far)) {
                headers.remove(HttpHeaderNames.AUTHORIZATION);
            }
            if (far.proof() != null) {
                remove(headers, far.proof().header());
            }
        }
    }

    /** Also what some take for the same name (CGI, RFC 3875, 4.1.18). */
    private static void remove(HttpHeaders headers, String name) {
        for (String one : headers.names()) {
            if (one.replace('_', '-').equalsIgnoreCase(name)) {
                headers.remove(one);
            }
        }
    }

    /** The request for a function. */
    Call call(ByteBuffer body) {
        Map<String, String> headers = map(copiedHeaders());
        if (shown != null) {
            headers.put(shown.name(), shown.value());
        }
        return call(authority(), headers, body);
    }

    Call call(String host, Map<String, String> headers, ByteBuffer body) {
        return new Call(
                head.method(), host, forward.forwardPath(), head.query(), headers, body, head.token(), head.caller());
    }

    static Map<String, String> map(HttpHeaders headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : headers) {
            map.merge(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(), (a, b) -> a + "," + b);
        }
        return map;
    }

    /** Makes a response that came the one for the client. What the gateway proved itself with stays here. */
    void response(HttpResponse response, Framing framing) {
        if (shown != null) {
            refused = response.status().code() == 401;
            invalid = refused
                    && Challenge.read(response.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE)).stream()
                            .anyMatch(challenge -> challenge
                                    .error()
                                    .filter("invalid_token"::equals)
                                    .isPresent());
            conceal(response.headers(), shown);
            if (shown.isIn(response.status().reasonPhrase())) {
                response.setStatus(HttpResponseStatus.valueOf(response.status().code()));
            }
        }
        Outgoing.response(response, head, framing, forward, front.arrival().tls());
        head.amendment().response(response.headers());
    }

    /** Trailers reach the client as well, and those who read them take them for headers. */
    void trailers(HttpHeaders trailers) {
        if (shown != null && !trailers.isEmpty()) {
            conceal(trailers, shown);
        }
    }

    /** What frames the message stays: a short secret may be a number, and without a length nobody finds the end. */
    private static void conceal(HttpHeaders headers, Shown credential) {
        headers.remove(credential.name());
        for (Map.Entry<String, String> entry : headers.entries()) {
            if (credential.isIn(entry.getValue()) && !Fields.isOwned(entry.getKey())) {
                headers.remove(entry.getKey());
            }
        }
    }

    /** Whether the far side does not believe the gateway; that is nothing that the client could mend. */
    boolean isRefused() {
        return refused;
    }

    /** Whether it said that the token is no good, so that another one may be. */
    boolean isInvalid() {
        return invalid;
    }

    /** The refusal has been seen to. */
    void forget() {
        refused = false;
        invalid = false;
    }
}
