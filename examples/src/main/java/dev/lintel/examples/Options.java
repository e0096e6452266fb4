package dev.lintel.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the quick start is told on its command line.
 *
 * @param v1 a running service to use as version 1; null starts one
 * @param v2 a running service to use as version 2; null starts one
 */
record Options(@Nullable URI v1, @Nullable URI v2) {
    static final String USAGE = "usage: [--v1 http://host:port --v2 http://host:port]";

    private static final int PATIENCE = 2_000;

    Options {
        if ((v1 == null) != (v2 == null)) {
            throw new IllegalArgumentException("give both --v1 and --v2, or none; " + USAGE);
        }
    }

    static Options parse(String... args) {
        URI v1 = null;
        URI v2 = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("'" + args[i] + "' needs a value; " + USAGE);
            }
            URI uri = uri(args[i], args[i + 1]);
            switch (args[i]) {
                case "--v1" -> v1 = uri;
                case "--v2" -> v2 = uri;
                default -> throw new IllegalArgumentException("'" + args[i] + "' is not known; " + USAGE);
            }
        }
        return new Options(v1, v2);
    }

    private static URI uri(String option, String text) {
        try {
            URI uri = new URI(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " must be http://host:port, but was '" + text + "'; " + USAGE);
    }

    /** Says that a service does not answer before a thousand requests do. */
    void check() throws IOException {
        for (URI service : v1 == null || v2 == null ? List.<URI>of() : List.of(v1, v2)) {
            try (Socket socket = new Socket()) {
                int port = service.getPort() < 0 ? 80 : service.getPort();
                socket.connect(new InetSocketAddress(service.getHost(), port), PATIENCE);
            } catch (IOException e) {
                throw new IOException("nothing answers at " + service + ": " + e.getMessage(), e);
            }
        }
    }
}
