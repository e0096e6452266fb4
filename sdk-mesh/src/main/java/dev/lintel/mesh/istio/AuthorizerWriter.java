package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes who is asked besides the model. A CUSTOM policy cannot tell who calls, so that at the workload it would ask about
 * calls from inside too; it stands at the gateway, for the hosts of the API with and without a port.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/security/authorization/authz-custom/">Istio, External Authorization</a>
 */
final class AuthorizerWriter {
    /** The line of Istio in which a workload, and so the gateway, can ask several. */
    static final IstioVersion SEVERAL = IstioVersion.V1_30;

    private final IstioDialect dialect;
    private final MeshModel model;
    private final AuthorizerPaths paths;

    AuthorizerWriter(IstioDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
        this.paths = new AuthorizerPaths(model);
    }

    /** Nothing where all paths are those of others: a rule without paths would be about all. */
    List<Manifest> write(ApiModel api, AuthorizerRule rule) {
        List<String> hosts = new ArrayList<>();
        api.entry().hosts().forEach(host -> {
            hosts.add(host);
            hosts.add(host + ":*");
        });
        List<Map<String, Object>> asked = paths.of(api, rule).stream()
                .map(operation -> map("operation", operation.at(hosts)))
                .toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return List.of(new Manifest(
                Meta.SECURITY,
                Meta.AUTHORIZATION_POLICY,
                dialect.ingress().namespace(),
                name(api),
                labels,
                Map.of(Meta.AUTHORIZER, Providers.write(rule)),
                map(
                        "selector",
                        map("matchLabels", dialect.ingress().labels()),
                        "action",
                        "CUSTOM",
                        "provider",
                        map("name", Providers.name(rule)),
                        "rules",
                        List.of(map("to", asked)))));
    }

    /** The policies of all namespaces stand together in that of the gateway. */
    static String name(ApiModel api) {
        return ObjectNames.fitting(api.name() + "." + api.namespace());
    }

    /** What must stand in the mesh's configuration. */
    static Problem prerequisite(ApiModel api, AuthorizerRule rule) {
        boolean tls = "grpcs".equals(rule.address().getScheme());
        return problem(
                api,
                "istio.extension-provider",
                "the mesh must know the external authorizer '" + Providers.name(rule)
                        + "'; without it, every request for " + api.entry().hosts() + " is answered 403",
                "set in the mesh configuration:" + Providers.snippet(rule, "        ")
                        + (tls
                                ? "\n      and a DestinationRule with tls mode SIMPLE for '" + Providers.service(rule)
                                        + "'"
                                : ""),
                rule.origin());
    }

    /** Why an authorizer cannot be asked by a mesh; null if it can. */
    static @Nullable Problem refused(ApiModel api, AuthorizerRule rule) {
        if (rule.protocol() == AuthorizerRule.Protocol.OPA_REST) {
            return problem(
                    api,
                    "istio.authorizer",
                    "a mesh asks authorizers by ext_authz, and not by OPA's REST API, as " + rule.describe()
                            + " is asked",
                    "put AuthorizerBridge in front of it, or use OPA's Envoy plugin, and say extAuthz(\"grpc://…\")",
                    rule.origin());
        }
        String host = String.valueOf(rule.address().getHost());
        if (host.matches("[0-9.]+|\\[.*|localhost|.*\\.localhost") || host.indexOf('.') < 0) {
            return problem(
                    api,
                    "istio.authorizer",
                    "the gateway of a mesh reaches services by their names, but not " + rule.address(),
                    "name a service, as in 'grpc://opa.shop:9191'",
                    rule.origin());
        }
        if (rule.timeout().toNanosPart() % 1_000_000 != 0) {
            return problem(
                    api,
                    "istio.duration",
                    "a mesh counts in milliseconds, but the authorizer's time-out is " + rule.timeout(),
                    "say it in whole milliseconds",
                    rule.origin());
        }
        return null;
    }

    /** What must be set where the gateway asks more than one; otherwise Istio refuses whatever one of them is asked about. */
    static Problem several(ApiModel api, AuthorizerRule rule) {
        return problem(
                api,
                "istio.several-authorizers",
                "the gateway asks more than one external authorizer, which istiod must be told to allow; otherwise every"
                        + " request that one of them is asked about is answered 403",
                "set PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS=true for istiod, or ask one for all APIs",
                rule.origin());
    }

    /** A policy does not match every spelling of a path with braces or escapes, whether it asks about it or leaves it out. */
    private void unsure(ApiModel api, AuthorizerRule rule, List<Problem> problems) {
        try {
            PathPattern path = paths.unsure(api, rule);
            if (path != null) {
                boolean own = api.entry().paths().contains(path);
                problems.add(problem(
                        api,
                        "istio.authorizer-paths",
                        own
                                ? "a mesh does not ask about every spelling of '" + path + "', which is the API's own"
                                : "a mesh asks " + rule.describe() + " about some spellings of '" + path
                                        + "', which lies among " + api.entry().paths() + " and is not the API's own",
                        "claim paths without braces and escapes, or give the API a host of its own",
                        rule.origin()));
            }
        } catch (IllegalArgumentException e) {
            problems.add(new Refusals(api).overlap(e));
        }
    }

    /** In older lines a workload, and so the gateway, can ask one authorizer. */
    List<Problem> shared() {
        List<Problem> problems = new ArrayList<>();
        ApiModel first = null;
        for (ApiModel api : model.apis()) {
            AuthorizerRule rule = api.entry().authorizer();
            AuthorizerRule before = first == null ? null : first.entry().authorizer();
            first = first == null && rule != null ? api : first;
            if (rule != null) {
                unsure(api, rule, problems);
            }
            if (rule != null
                    && first != null
                    && before != null
                    && !Providers.name(rule).equals(Providers.name(before))
                    && !dialect.version().isAtLeast(SEVERAL)) {
                problems.add(problem(
                        api,
                        "istio.authorizers",
                        "a gateway of Istio " + dialect.version() + " asks one external authorizer, but "
                                + rule.describe() + " is not the one of " + first.id()
                                + first.origin().after(" at "),
                        "ask the same one, or use Istio " + SEVERAL,
                        rule.origin()));
            }
        }
        return problems;
    }

    private static Problem problem(ApiModel api, String code, String message, String hint, Origin origin) {
        return new Problem(code, api.id(), message, hint, origin);
    }
}
