package dev.lintel.cli;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a workload by a URL: a name without a dot is that of a service in the caller's namespace, and what is no service
 * leaves the mesh.
 *
 * @param from the workload that calls
 * @param host by which it calls, without a port
 * @param port that it calls; that of the scheme where the URL says none
 */
record InsideCall(Peer from, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MOST_LABELS = 2;

    /**
     * What calls by a URL; empty if nobody in particular does.
     *
     * @throws IllegalArgumentException if that is no workload, or no URL
     */
    static Optional<InsideCall> of(@Nullable String from, String url) {
        if (from == null) {
            return Optional.empty();
        }
        URI uri = URI.create(url);
        Peer peer = Peer.workload(from, "");
        if (peer.namespace().isEmpty() || uri.getHost() == null) {
            // What else is wrong with it is told where the request is put together.
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
        return Optional.of(new InsideCall(peer, uri.getHost(), port));
    }

    /** The API whose service is called; null if it is none. */
    @Nullable
    ApiModel service(Evaluator evaluator) {
        return evaluator.called(whole(host));
    }

    /** A name as it is meant in the namespace of the caller, with a port where it has one. */
    String whole(String authority) {
        return host.indexOf('.') < 0 ? host + "." + from.namespace() : authority;
    }

    /** Routes in the mesh are those of the ports that a service has. */
    List<Problem> at(ApiModel api) {
        int known = api.service().port();
        return known == port
                ? List.of()
                : List.of(new Problem(
                        "explain.port",
                        api.id(),
                        "is called at port " + port + ", and definitions know its port " + known
                                + ": what is served at another one, and who is asked about it, is not known",
                        "ask by the port that the definitions say",
                        Origin.unknown()));
    }

    /** Whether it is a name of the cluster, though of no service that is known here. */
    boolean isOfTheCluster(MeshModel model) {
        String[] labels = host.split("\\.", MOST_LABELS + 1);
        return labels.length == 1
                || host.endsWith(".svc")
                || host.endsWith(".svc.cluster.local")
                || labels.length == MOST_LABELS
                        && model.apis().stream().anyMatch(api -> api.namespace().equals(labels[1]));
    }

    /** What is not known of a service of nobody here. */
    Problem unknown() {
        return new Problem(
                "explain.unknown",
                host,
                "is the name of a service in the cluster that no definition is about: what becomes of calls to it is not known",
                "name a service of a definition",
                Origin.unknown());
    }

    /** Whether it may leave. */
    EgressDecision leaves(Evaluator evaluator) {
        return evaluator.egress(from.namespace(), String.valueOf(from.name()), host, port);
    }
}
