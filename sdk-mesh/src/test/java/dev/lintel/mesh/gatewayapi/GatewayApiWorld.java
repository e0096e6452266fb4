package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.Comparison;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is drawn for Gateway API, for tests that take all dialects. */
public final class GatewayApiWorld {
    /** Why one may be refused. */
    public static final Set<String> REFUSALS = RoundTripTest.EXPECTED;

    private GatewayApiWorld() {}

    /** With an extension that does what it is known to do. */
    public static GatewayApiDialect dialect(Extension extension) {
        return GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .extension(extension)
                .supportedFeatures(Features.known(Extension.ISTIO, GatewayApiVersion.V1_6));
    }

    /** Any. */
    public static MeshModel any(Extension extension, long seed) {
        return new AdaptedModels(extension).model(seed);
    }

    /** Any whose APIs speak gRPC; of every two one in which several share a host. */
    public static MeshModel grpc(Extension extension, long seed) {
        AdaptedModels random = new AdaptedModels(extension);
        return GrpcModels.of(seed % 2 == 0 ? random.sharing(seed) : random.model(seed));
    }

    /** A call of gRPC made from another request. */
    public static RequestValue call(RequestValue request) {
        return GrpcModels.call(request);
    }

    /** Whether an answer that differs is a deviation. */
    public static boolean isListed(Extension extension, Comparison comparison, RequestValue request) {
        return RoundTripTest.isListed(dialect(extension), comparison, request);
    }

    /**
     * What the specification says about requests that enter, by who goes through the objects without any reader.
     *
     * @param labels of the workloads of each service, by its namespace and name
     * @return what may come of a request, each with its share of a hundred
     */
    public static Function<RequestValue, Map<String, Integer>> naive(
            Dialect dialect, Collection<Manifest> objects, Map<String, Map<String, String>> labels) {
        return new NaiveGateway(objects, (GatewayApiDialect) dialect, false, labels)::decide;
    }
}
