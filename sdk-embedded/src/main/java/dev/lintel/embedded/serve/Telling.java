package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.AuthorizerRule.Body;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import dev.lintel.embedded.authorizer.Party;
import dev.lintel.embedded.wire.RequestHead;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What an authorizer is told of a request: as it will go on, so that what is judged is what the service gets. */
final class Telling {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private Telling() {}

    /**
     * Tells.
     *
     * @param local where the client connected to
     * @param remote where it connected from
     * @param now the time
     * @param body its beginning, as far as it is shown; null for none
     * @param cut whether there is more of it
     * @param as how it is shown
     */
    static CheckedRequest of(
            RequestHead head,
            @Nullable SocketAddress remote,
            @Nullable SocketAddress local,
            Instant now,
            @Nullable ByteBuffer body,
            boolean cut,
            @Nullable Body as) {
        String host = head.host().toLowerCase(Locale.ROOT);
        String normal = PathNormalizer.WITH_PARAMETERS.normalize(head.path());
        String path = (normal == null ? head.path() : normal) + (head.query() == null ? "" : "?" + head.query());
        String scheme = head.scheme() == null ? "http" : head.scheme();
        boolean bytes = as != null && as.packAsBytes();
        Http http = new Http(
                Long.toString(NUMBERS.incrementAndGet()),
                head.method(),
                headers(head, host, path, scheme, cut),
                path,
                host,
                scheme,
                "",
                "",
                head.isHttp10() ? "HTTP/1.0" : "HTTP/1.1",
                head.length(),
                body == null || bytes ? "" : StandardCharsets.UTF_8.decode(body).toString(),
                bytes ? body : null);
        return new CheckedRequest(
                party(remote, head.caller() instanceof Caller.Workload workload ? workload.spiffeId() : ""),
                party(local, ""),
                now,
                http,
                Map.of(),
                Map.of(),
                null,
                null);
    }

    private static Map<String, String> headers(RequestHead head, String host, String path, String scheme, boolean cut) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":authority", host);
        headers.put(":method", head.method());
        headers.put(":path", path);
        headers.put(":scheme", scheme);
        HttpHeaders shown = head.message().headers().copy();
        head.amendment().request(shown);
        for (Map.Entry<String, String> field : shown) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("host") && !name.equals("transfer-encoding") && !name.equals("te")) {
                headers.merge(name, field.getValue(), (a, b) -> a + (name.equals("cookie") ? "; " : ",") + b);
            }
        }
        if (cut) {
            headers.put(Http.PARTIAL, "true");
        }
        return headers;
    }

    private static Party party(@Nullable SocketAddress at, String principal) {
        if (at instanceof InetSocketAddress socket && socket.getAddress() != null) {
            String text = socket.getAddress().getHostAddress();
            int zone = text.indexOf('%');
            return new Party(zone < 0 ? text : text.substring(0, zone), socket.getPort(), principal);
        }
        return new Party("", 0, principal);
    }
}
