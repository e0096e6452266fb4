package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must be so in the mesh for the objects to mean what they are meant to, and cannot be said in them. */
final class Prerequisites {
    private final IstioDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    Prerequisites(IstioDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /**
     * What must be so.
     *
     * @param keptOut the isolated namespaces out of which it may not be called
     */
    List<Problem> find(@Nullable AccessPlan access, List<String> keptOut) {
        boolean strict = access != null || !keptOut.isEmpty();
        if (access != null) {
            issuers();
            normalization(access);
            add(
                    "istio.gateway-identity",
                    "the ingress gateway must be known as '" + dialect.principal()
                            + "': a gateway with another identity is taken for a caller inside the mesh, who is not asked"
                            + " for a token",
                    "compare with: kubectl -n " + dialect.ingress().namespace()
                            + " get pods -o custom-columns=NAME:.metadata.name,ACCOUNT:.spec.serviceAccountName");
        }
        if (strict) {
            boolean ambient = dialect.dataPlane() == DataPlane.AMBIENT;
            add(
                    "istio.strict-mtls",
                    (ambient ? "callers inside must be in the mesh" : "callers inside need a sidecar")
                            + " from now on: the workloads " + api.service().labels()
                            + " take mutual TLS only, because "
                            + (access != null ? "access rests" : "the boundary of " + keptOut + " rests")
                            + " on identities",
                    ambient
                            ? "label their namespaces istio.io/dataplane-mode: ambient, so that a ztunnel calls for them"
                            : "give sidecars to its callers before");
        }
        if (api.service().grpc() != null) {
            add(
                    "istio.grpc-port",
                    "port " + api.service().port() + " of the service '"
                            + api.service().name()
                            + "' must be known as gRPC; otherwise calls go to it by HTTP/1.1, and"
                            + " none succeeds",
                    "set appProtocol: grpc at the port of the Service, or name the port 'grpc'");
        }
        for (Version version : api.service().versions()) {
            if (version.service() != null && strict) {
                add(
                        "istio.version-labels",
                        "the workloads of '" + version.service() + "' must carry "
                                + api.service().labels()
                                + " too, because access rules and boundaries find workloads by these labels",
                        "add the labels to version '" + version.name() + "'");
            } else if (version.service() == null) {
                add(
                        "istio.subset",
                        "requests for version '" + version.name() + "' are answered 503 while no workload carries "
                                + version.labels(),
                        "apply the DestinationRule before the VirtualService, and have the workloads ready before both");
            }
        }
        return found;
    }

    /** What must be so where the gateway asks in front of a service elsewhere. */
    List<Problem> atGateway(AccessPlan access) {
        issuers();
        normalization(access);
        return found;
    }

    private void issuers() {
        for (Issuer issuer : api.entry().access().issuers()) {
            URI keys = issuer.jwksUri();
            String address = keys == null ? issuer.issuer() : keys.toString();
            if (issuer.jwks() == null && isLoopback(address)) {
                add(
                        "istio.loopback-issuer",
                        "nobody in the mesh can get the keys of '" + issuer.issuer() + "'"
                                + (keys == null ? "" : " from '" + address + "'")
                                + ": to each of them the loopback address is itself",
                        "trust an issuer that the control plane and the workloads can reach, or say its keys");
            }
        }
    }

    private static boolean isLoopback(String address) {
        String host = URI.create(address).getHost();
        return host != null
                && (host.equals("localhost")
                        || host.endsWith(".localhost")
                        || host.startsWith("127.")
                        || host.equals("[::1]"));
    }

    private void normalization(AccessPlan access) {
        Optional<Detour> detour = carved(access).or(() -> climbed(access));
        if (detour.isEmpty()) {
            return;
        }
        add(
                "istio.path-normalization",
                "the mesh must normalize paths with DECODE_AND_MERGE_SLASHES; with Istio's default, '"
                        + detour.get().request() + "' gets around what is asked at '"
                        + detour.get().rule() + "'",
                "set in the mesh configuration:\n"
                        + "        meshConfig:\n"
                        + "          pathNormalization:\n"
                        + "            normalization: DECODE_AND_MERGE_SLASHES");
    }

    /** A rule and a request that gets around it. */
    private record Detour(PathPattern rule, String request) {}

    /** A doubled slash takes a narrow path out of its own region and into the wider one. */
    private static Optional<Detour> carved(AccessPlan access) {
        for (AccessPlan.Area narrow : access.areas()) {
            for (AccessPlan.Area wide : access.areas()) {
                if (wide.path().covers(narrow.path())
                        && !wide.equals(narrow)
                        && !wide.asked().isEmpty()
                        && !wide.asked().equals(narrow.asked())
                        && !narrow.path().segments().isEmpty()) {
                    String path = sample(narrow.path());
                    int slash = path.lastIndexOf('/');
                    return Optional.of(
                            new Detour(narrow.path(), path.substring(0, slash) + "/" + path.substring(slash)));
                }
            }
        }
        return Optional.empty();
    }

    /** An escaped slash hides the way up from one subtree to another. */
    private static Optional<Detour> climbed(AccessPlan access) {
        for (AccessPlan.Area from : access.areas()) {
            for (AccessPlan.Area to : access.areas()) {
                if (from.path().subtree()
                        && !from.path().segments().isEmpty()
                        && !from.asked().isEmpty()
                        && !from.asked().equals(to.asked())
                        && !from.path().covers(to.path())) {
                    String up = "/" + "..%2F".repeat(from.path().segments().size());
                    return Optional.of(new Detour(
                            to.path(),
                            sample(from.path()) + up + sample(to.path()).substring(1)));
                }
            }
        }
        return Optional.empty();
    }

    private static String sample(PathPattern pattern) {
        String node = Forms.node(pattern, "1");
        return !node.isEmpty() ? node : pattern.subtree() ? "/1" : "/";
    }

    private void add(String code, String message, String hint) {
        found.add(new Problem(code, api.id(), message, hint, api.origin()));
    }
}
