package dev.lintel.examples;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The quick start: one definition, written for a mesh, and served in this JVM in front of two versions of a service.
 *
 * <p>Run it with {@code mvn -q compile exec:java}; with {@code -Dexec.args="--v1 http://127.0.0.1:9001 --v2
 * http://127.0.0.1:9002"} it fronts services that are already running, whatever they are written in.
 */
public final class QuickStart {
    private static final Path FOLDER = Path.of("target", "quickstart");

    private QuickStart() {}

    /**
     * Runs the quick start.
     *
     * @param args none, or {@code --v1 URL --v2 URL}
     * @throws IOException if a request cannot be sent
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (List.of(args).contains("--help")) {
            out.println(Options.USAGE);
            return;
        }
        Options options = Options.parse(args);
        options.check();
        try (AuthorizationServer authorization = AuthorizationServer.start(settings -> settings.audience("orders"));
                Gateway gateway = Gateway.start();
                OrdersServer one = OrdersServer.start("v1");
                OrdersServer two = OrdersServer.start("v2")) {
            gateway.workload("orders.shop", "v1", options.v1() == null ? one.uri() : options.v1());
            gateway.workload("orders.shop", "v2", options.v2() == null ? two.uri() : options.v2());
            new Story(out, authorization, gateway, FOLDER).tell();
        }
    }
}
