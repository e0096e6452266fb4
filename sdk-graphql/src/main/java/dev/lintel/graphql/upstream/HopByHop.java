package dev.lintel.graphql.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Headers of one connection or one message, RFC 9110, 7.6.1: they are not passed on, in neither direction. */
final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HopByHop() {}

    /** What is left without them, and without those that {@code Connection} names. */
    static List<Header> without(List<Header> headers) {
        Set<String> named = new TreeSet<>();
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("connection")) {
                Arrays.stream(header.value().split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .forEach(named::add);
            }
        }
        return headers.stream()
                .filter(header -> {
                    String name = header.name().toLowerCase(Locale.ROOT);
                    return !ALWAYS.contains(name) && !named.contains(name);
                })
                .toList();
    }
}
