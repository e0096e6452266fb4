package dev.lintel.embedded.proxy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives requests to a front, and its answers back. */
final class FrontHandler implements HttpHandler {
    /** Requests that are longer are refused. */
    static final int LONGEST = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

    private final Front front;
    private final Doorkeeper door;
    private final UnderWay underWay;

    FrontHandler(Front front, Doorkeeper door, UnderWay underWay) {
        this.front = front;
        this.door = door;
        this.underWay = underWay;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        underWay.begin();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
            if (!door.isThere()) {
                send(exchange, plain(503, "there is no sidecar that checks who calls"));
            } else if (body.length > LONGEST) {
                send(exchange, plain(413, "the request is too long"));
            } else {
                send(exchange, answer(request(exchange, body)));
            }
        } finally {
            underWay.end();
        }
    }

    /** Whatever goes wrong is logged without the request, of which nobody is told more than that. */
    private FrontAnswer answer(FrontRequest request) {
        try {
            return front.answer(request);
        } catch (Exception e) {
            LOG.error("{} could not be answered", request, e);
            return plain(500, "the request could not be answered");
        }
    }

    private static FrontAnswer plain(int status, String text) {
        return FrontAnswer.of(
                status, Map.of("content-type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static FrontRequest request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return new FrontRequest(
                exchange.getRequestMethod(),
                headers.getOrDefault("host", ""),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                headers,
                ByteBuffer.wrap(body),
                SidecarToken.of(headers.get("authorization")),
                Caller.NONE);
    }

    private static void send(HttpExchange exchange, FrontAnswer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        Flow.Publisher<ByteBuffer> stream = answer.stream().orElse(null);
        if (stream != null) {
            exchange.sendResponseHeaders(answer.status(), 0);
            new StreamedBody(exchange.getResponseBody()).send(stream);
            return;
        }
        byte[] body = new byte[answer.body().remaining()];
        answer.body().get(body);
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
        if (!none) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
