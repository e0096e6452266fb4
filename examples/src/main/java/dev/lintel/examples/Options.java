package dev.lintel.examples;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the quick start is told on its command line.
 *
 * @param v1 a running service to use as version 1; null starts one
 * @param v2 a running service to use as version 2; null starts one
 */
record Options(@Nullable URI v1, @Nullable URI v2) {
    static final String USAGE = "usage: [--v1 http://host:port --v2 http://host:port]";

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
            URI uri = URI.create(args[i + 1]);
            switch (args[i]) {
                case "--v1" -> v1 = uri;
                case "--v2" -> v2 = uri;
                default -> throw new IllegalArgumentException("'" + args[i] + "' is not known; " + USAGE);
            }
        }
        return new Options(v1, v2);
    }
}
