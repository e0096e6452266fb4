package dev.lintel.core.policy;

import dev.lintel.core.Policy;

/**
 * Says that the service speaks gRPC. Paths keep their meaning: a method is {@code POST /{package.Service}/{Method}}, a
 * service {@code /{package.Service}/**}.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 */
public record Grpc() implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "service.grpc/v1";

    @Override
    public String kind() {
        return KIND;
    }
}
