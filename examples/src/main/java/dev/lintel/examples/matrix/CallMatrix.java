package dev.lintel.examples.matrix;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayIdentity;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every service of a {@link Town} calls every service, with its own identity; and somebody from outside calls all of them by
 * their hosts. What the running gateway answers is printed as a table, beside what was decided wherever that differs.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.matrix.CallMatrix}
 */
public final class CallMatrix {
    /** Who comes by the exposed hosts, without an identity. */
    static final String OUTSIDE = "outside";

    private static final List<String> PATHS = List.of("/", "/internal/report");

    private final Gateway gateway;

    private CallMatrix(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * One call.
     *
     * @param caller who called
     * @param service who was called
     * @param path the path
     * @param decided the status by which the evaluator has it answered
     * @param answered the status that the gateway answered
     * @param seen whom the service saw as its caller; what was answered in its place otherwise
     */
    record Cell(String caller, String service, String path, int decided, int answered, String seen) {
        /** For example {@code 200}, or {@code 200!403} where it was decided otherwise. */
        @Override
        public String toString() {
            return decided == answered ? String.valueOf(answered) : answered + "!" + decided;
        }
    }

    /**
     * Prints the tables.
     *
     * @param args none
     * @throws IOException if a request cannot be sent
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        print(new PrintStream(System.out, true, StandardCharsets.UTF_8), calls());
    }

    /** Makes all calls. */
    static List<Cell> calls() throws IOException, InterruptedException {
        try (Gateway gateway = Gateway.start()) {
            for (String service : Town.SERVICES) {
                gateway.workload(
                        service,
                        Workload.function(request -> Reply.ok(
                                request.caller().map(Caller.Workload::toString).orElse(OUTSIDE))));
            }
            Plan plan = gateway.plan(Town.definitions());
            gateway.apply(plan);
            return new CallMatrix(gateway).all();
        }
    }

    private List<Cell> all() throws IOException, InterruptedException {
        List<Cell> cells = new ArrayList<>();
        for (String caller : Town.SERVICES) {
            GatewayIdentity identity = gateway.identity(caller);
            HttpClient http = identity.httpClient();
            for (String path : PATHS) {
                for (String service : Town.SERVICES) {
                    URI uri = identity.uri(service).resolve(path);
                    RequestValue request = RequestValue.of("GET", uri.getHost(), path, null)
                            .inMesh()
                            .caller(Caller.Workload.of(caller));
                    cells.add(cell(caller, service, http, uri, request));
                }
            }
        }
        HttpClient http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        for (String path : PATHS) {
            for (String service : Town.SERVICES) {
                URI uri = gateway.uri(service).resolve(path);
                cells.add(cell(OUTSIDE, service, http, uri, RequestValue.of("GET", uri.getHost(), path, null)));
            }
        }
        return cells;
    }

    private Cell cell(String caller, String service, HttpClient http, URI uri, RequestValue request)
            throws IOException, InterruptedException {
        Decision decision = gateway.explain(request).decision();
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        int decided = decision instanceof Decision.Refuse refused ? refused.status() : 200;
        return new Cell(caller, service, uri.getPath(), decided, answer.statusCode(), answer.body());
    }

    /** Prints a table for each path, callers below each other and services beside each other. */
    static void print(PrintStream out, List<Cell> cells) {
        for (String path : PATHS) {
            out.println("GET " + path);
            StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "  %-22s", "who calls"));
            Town.SERVICES.forEach(service -> head.append(' ').append(service));
            out.println(head);
            List<String> callers = new ArrayList<>(Town.SERVICES);
            callers.add(OUTSIDE);
            for (String caller : callers) {
                StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-22s", caller));
                cells.stream()
                        .filter(cell ->
                                cell.caller().equals(caller) && cell.path().equals(path))
                        .forEach(cell -> line.append(' ')
                                .append(String.format(
                                        Locale.ROOT, "%-" + cell.service().length() + "s", cell)));
                out.println(line.toString().stripTrailing());
            }
            out.println();
        }
        long same =
                cells.stream().filter(cell -> cell.decided() == cell.answered()).count();
        out.println(same + " of " + cells.size() + " calls were answered as the evaluator decides");
    }
}
