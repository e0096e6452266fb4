package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx in its two parts: as the service behind every contender, and as a contender. */
final class Upstream {
    /** The path that is asked for. */
    static final String PATH = "/orders/4711";

    /** What the service answers. */
    static final String ANSWER = "{\"order\":4711,\"status\":\"on its way\"}";

    private Upstream() {}

    /** The service, which also publishes the issuer's documents: one worker, connections that stay open. */
    static String service(int port, Identity issuer) {
        return frame(1, """
                  server {
                    listen 127.0.0.1:%d;
                    default_type application/json;
                    location = /.well-known/openid-configuration { return 200 '%s'; }
                    location = /jwks { return 200 '%s'; }
                    location / { return 200 '%s'; }
                  }
                """.formatted(port, issuer.discovery(), issuer.keys(), ANSWER));
    }

    /** A service that says the same JSON whatever is asked: one worker, connections that stay open. */
    static String always(int port, String answer) {
        return frame(1, """
                  server {
                    listen 127.0.0.1:%d;
                    default_type application/json;
                    location / { return 200 '%s'; }
                  }
                """.formatted(port, answer));
    }

    /** The contender: two workers, connections to the service that stay open. */
    static String proxy(int port, int service) {
        return frame(2, """
                  upstream service { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%d reuseport;
                    location / {
                      proxy_pass http://service;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $host;
                      proxy_set_header X-Forwarded-For $remote_addr;
                    }
                  }
                """.formatted(service, port));
    }

    /** The command that runs a configuration, below a folder that belongs to it alone. */
    static List<String> command(Path directory, String configuration) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        return List.of("nginx", "-e", "stderr", "-p", directory.toString(), "-c", file.toString());
    }

    private static String frame(int workers, String http) {
        return """
                daemon off;
                worker_processes %d;
                pid nginx.pid;
                error_log stderr warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  keepalive_timeout 3600s;
                  keepalive_requests 1000000000;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                %s}
                """.formatted(workers, http);
    }
}
