package dev.lintel.extauthz;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.FunctionRequest;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway whose service tells what it got, and a client that reads answers as they come. */
final class World implements AutoCloseable {
    final Gateway gateway;
    final List<String> served = new CopyOnWriteArrayList<>();

    World(AuthorizerRule rule) {
        gateway = Gateway.start(s -> s.threads(1));
        gateway.workload("orders.shop", Workload.function(this::answer));
        gateway.apply(gateway.plan(List.of(Asked.orders(rule))));
    }

    private Reply answer(FunctionRequest request) {
        TreeMap<String, String> headers = new TreeMap<>(request.headers());
        String text = request.method() + " " + request.path() + " "
                + request.query().orElse("-") + " " + headers + " " + request.text();
        served.add(text);
        return Reply.ok(text);
    }

    /** The whole answer to a request of its own connection, without its date. */
    String ask(String method, String target, String body, String... fields) {
        StringBuilder text = new StringBuilder(
                method + " " + target + " HTTP/1.1\r\nHost: orders.shop.localhost\r\nConnection: close\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(text.append("\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .replaceAll("(?i)\r\ndate: [^\r]*", "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
