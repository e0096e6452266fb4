package dev.lintel.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Set;

/** A reverse proxy on Vert.x core: a server and a pooled client on two event loops, bodies piped both ways. */
public final class VertxProxy extends VerticleBase {
    private static final int EVENT_LOOPS = 2;
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private final int upstream;
    private HttpServer server;
    private HttpClient client;

    private VertxProxy(int upstream) {
        this.upstream = upstream;
    }

    /**
     * Starts the proxy and prints its port.
     *
     * @param arguments the upstream's port
     */
    public static void main(String[] arguments) {
        int upstream = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        VertxProxy[] last = new VertxProxy[1];
        vertx.deployVerticle(
                        () -> last[0] = new VertxProxy(upstream), new DeploymentOptions().setInstances(EVENT_LOOPS))
                .onSuccess(id -> System.out.println("listening on " + last[0].server.actualPort()))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(256));
        // A negative port is shared by all instances of the deployment: one free port, accepted in turn.
        server = vertx.createHttpServer().requestHandler(this::proxy);
        return server.listen(-1, "127.0.0.1");
    }

    private void proxy(HttpServerRequest in) {
        in.pause();
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(upstream)
                .setMethod(in.method())
                .setURI(in.uri());
        client.request(options)
                .compose(out -> send(in, out))
                .onSuccess(answer -> answer(in, answer))
                .onFailure(failure -> in.response().setStatusCode(502).end());
    }

    private static Future<HttpClientResponse> send(HttpServerRequest in, HttpClientRequest out) {
        copy(in.headers(), out.headers());
        out.putHeader("X-Forwarded-For", in.remoteAddress().hostAddress());
        return hasBody(in) ? out.send(in) : out.send();
    }

    private static boolean hasBody(HttpServerRequest in) {
        return in.headers().contains("content-length") || in.headers().contains("transfer-encoding");
    }

    private static void answer(HttpServerRequest in, HttpClientResponse answer) {
        in.response().setStatusCode(answer.statusCode());
        copy(answer.headers(), in.response().headers());
        if (!in.response().headers().contains("content-length")) {
            in.response().setChunked(true);
        }
        answer.pipeTo(in.response());
    }

    private static void copy(MultiMap from, MultiMap to) {
        for (Map.Entry<String, String> header : from) {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
