package dev.lintel.embedded.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a router of Cloud Foundry says about a request that it sends on to a route service: where the request was to go, and
 * with which signature and metadata it must come back.
 *
 * @param urls how often the URL is said
 * @param signatures how often the signature is said
 * @param metadata how often the metadata is said
 * @param url where the request was to go
 */
public record RouteService(
        int urls, int signatures, int metadata, @Nullable String url) {
    /** Nothing is said. */
    static final RouteService NOTHING = new RouteService(0, 0, 0, null);

    RouteService withUrl(String said) {
        return new RouteService(urls + 1, signatures, metadata, said);
    }

    RouteService withSignature() {
        return new RouteService(urls, signatures + 1, metadata, url);
    }

    RouteService withMetadata() {
        return new RouteService(urls, signatures, metadata + 1, url);
    }

    /** Whether all is said, and once. */
    public boolean isWhole() {
        return urls == 1 && signatures == 1 && metadata == 1;
    }
}
