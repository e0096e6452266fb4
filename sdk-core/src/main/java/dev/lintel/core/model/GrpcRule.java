package dev.lintel.core.model;

import dev.lintel.core.Origin;

/**
 * A service that speaks gRPC: each request is {@code POST /{package.Service}/{Method}} by HTTP/2.
 *
 * @param origin the line that said it
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 */
public record GrpcRule(Origin origin) {
    /** Keeps the origin, which may be unknown. */
    public GrpcRule {
        origin = Origin.orUnknown(origin);
    }
}
