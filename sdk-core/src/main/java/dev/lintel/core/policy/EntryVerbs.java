package dev.lintel.core.policy;

import dev.lintel.core.fluent.Verbs;
import dev.lintel.core.match.PathPattern;
import java.util.Arrays;
import java.util.Map;

/**
 * The verbs that every exposure has, whatever else it is composed of.
 *
 * @param <S> the chain that the verbs answer
 */
public interface EntryVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Exposes the API at this host instead of the one made from its name; may be said for several hosts.
     *
     * @param host of the form {@code {name}.{namespace}.{domain}}
     * @return a new chain
     */
    default S atHost(String host) {
        return with(new AtHost(host));
    }

    /**
     * Gives the API only these paths of its hosts, so that others may have the rest.
     *
     * @param paths at least one, for example {@code /orders/**}, which includes {@code /orders}
     * @return a new chain
     * @throws IllegalArgumentException if there are none, or if one is part of another
     */
    default S atPaths(String... paths) {
        return with(new AtPaths(Arrays.stream(paths).map(PathPattern::parse).toList()));
    }

    /**
     * Lets {@code ;} through in paths.
     *
     * @return a new chain
     */
    default S allowPathParameters() {
        return with(new PathParameters());
    }

    /**
     * Says that the service speaks gRPC: a method is {@code POST /{package.Service}/{Method}}, a service {@code
     * /{package.Service}/**}.
     *
     * @return a new chain
     */
    default S grpc() {
        return with(new Grpc());
    }

    /**
     * Says by which label the service's workloads are found; {@code app: {service}} unless said.
     *
     * @param label the label's name
     * @param value its value
     * @return a new chain
     */
    default S workloadSelector(String label, String value) {
        return with(new WorkloadSelector(Map.of(label, value)));
    }
}
