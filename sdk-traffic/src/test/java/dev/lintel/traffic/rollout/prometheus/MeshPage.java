package dev.lintel.traffic.rollout.prometheus;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The counters that Istio's proxies have, for a service that is called a hundred times between two scrapes and shares these
 * calls among its versions as the world says.
 */
final class MeshPage implements AutoCloseable {
    private final HttpServer server;
    private final Supplier<String> weights;
    private final int failing;
    private final Map<String, int[]> calls = new TreeMap<>();

    private MeshPage(HttpServer server, Supplier<String> weights, int failing) {
        this.server = server;
        this.weights = weights;
        this.failing = failing;
    }

    /** A page; of the calls to v2 every n-th fails, none for 0. */
    static MeshPage start(Supplier<String> weights, int failing) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MeshPage page = new MeshPage(server, weights, failing);
        server.createContext("/metrics", exchange -> {
            byte[] text = page.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        return page;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private String scrape() {
        for (String share : weights.get().split(",")) {
            String[] parts = share.split("=");
            int more = Integer.parseInt(parts[1]);
            if (more > 0) {
                int[] counted = calls.computeIfAbsent(parts[0], version -> new int[2]);
                int bad = parts[0].equals("v2") && failing > 0 ? more / failing : 0;
                counted[0] += more - bad;
                counted[1] += bad;
            }
        }
        StringBuilder text = new StringBuilder();
        calls.forEach((version, counted) -> {
            String of = "reporter=\"source\",destination_service_name=\"orders\","
                    + "destination_service_namespace=\"shop\",destination_version=\"" + version + "\"";
            line(text, "istio_requests_total{" + of + ",response_code=\"200\"}", counted[0]);
            if (counted[1] > 0) {
                line(text, "istio_requests_total{" + of + ",response_code=\"503\"}", counted[1]);
            }
            int all = counted[0] + counted[1];
            String bucket = "istio_request_duration_milliseconds_bucket{" + of + ",le=\"";
            line(text, bucket + "25\"}", all / 2);
            line(text, bucket + "50\"}", all);
            line(text, bucket + "+Inf\"}", all);
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String series, int value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
