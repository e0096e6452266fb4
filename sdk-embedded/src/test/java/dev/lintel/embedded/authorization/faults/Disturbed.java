package dev.lintel.embedded.authorization.faults;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.Wire;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.http.Limits;
import dev.lintel.embedded.authorization.http.Listener;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.http.Routes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with three endpoints that counts what it executes, and its chaos. */
final class Disturbed implements AutoCloseable {
    static final String GET_KEYS = "GET /jwks HTTP/1.1\r\nHost: id\r\n\r\n";

    final VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z"));
    final AtomicInteger executed = new AtomicInteger();
    private final Listener listener = Listener.bind(
            "disturbed", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Limits.DEFAULT, clock);
    private final Disturbances disturbances = new Disturbances(listener, clock, () -> {}, () -> {});

    Disturbed() {
        listener.serve(disturbances.around(Routes.none()
                .with("POST", "/token", request -> {
                    int number = executed.incrementAndGet();
                    return request.text().contains("bad")
                            ? Reply.json(400, Map.of("error", "invalid_grant"))
                            : Reply.json(200, Map.of("access_token", "token-" + number));
                })
                .with("GET", "/jwks", request -> Reply.json(200, Map.of("keys", "none")))
                .with("GET", "/.well-known/openid-configuration", request -> Reply.json(200, Map.of("issuer", "me")))));
    }

    Chaos chaos() {
        return disturbances;
    }

    InetSocketAddress address() {
        return listener.address();
    }

    Wire connect() {
        return new Wire(listener.address());
    }

    static String post(String form) {
        return "POST /token HTTP/1.1\r\nHost: id\r\nContent-Length: " + form.length() + "\r\n\r\n" + form;
    }

    /** Sends a request on a connection of its own that is closed after the answer, and reads all that comes. */
    String ask(String request) {
        try (Wire wire = connect()) {
            return wire.send(request.replaceFirst("\r\n", "\r\nConnection: close\r\n"))
                    .rest();
        }
    }

    String token() {
        return ask(post("grant_type=client_credentials"));
    }

    @Override
    public void close() {
        disturbances.clear();
        listener.close();
    }
}
