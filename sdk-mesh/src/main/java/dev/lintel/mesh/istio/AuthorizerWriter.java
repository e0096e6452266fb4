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

    AuthorizerWriter(IstioDialect dialect) {
        this.dialect = dialect;
    }

    Manifest write(ApiModel api, AuthorizerRule rule) {
        List<String> hosts = new ArrayList<>();
        api.entry().hosts().forEach(host -> {
            hosts.add(host);
            hosts.add(host + ":*");
        });
        List<String> paths = api.entry().paths().stream()
                .flatMap(path -> Forms.policy(path).stream())
                .toList();
        Map<String, Object> asked = map("hosts", hosts, "paths", paths);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return new Manifest(
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
                        List.of(map("to", List.of(map("operation", asked))))));
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
                    "this mesh asks by ext_authz, which OPA's REST API does not speak, as " + rule.describe() + " is",
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
        boolean unsure = api.entry().paths().stream()
                .anyMatch(path -> Forms.hasTemplate(path) || path.toString().indexOf('%') >= 0);
        if (unsure) {
            return problem(
                    api,
                    "istio.authorizer-paths",
                    "a mesh does not ask about every spelling of " + api.entry().paths() + ", which are the API's own",
                    "claim paths without braces and escapes, or give the API a host of its own",
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

    /** Paths of others that meet those that are asked about would be asked about as well, in part or as a whole. */
    private static void surrounded(MeshModel model, List<Problem> problems) {
        Map<String, Map<String, ApiModel>> hosts = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                hosts.computeIfAbsent(host, one -> new LinkedHashMap<>()).put(api.id(), api);
            }
        }
        for (ApiModel api : model.apis()) {
            AuthorizerRule rule = api.entry().authorizer();
            if (rule == null) {
                continue;
            }
            Map<String, ApiModel> together = new LinkedHashMap<>();
            api.entry().hosts().forEach(host -> together.putAll(hosts.getOrDefault(host, Map.of())));
            together.remove(api.id());
            List<PathPattern> asked = api.entry().paths().isEmpty()
                    ? List.of(PathPattern.ANY)
                    : api.entry().paths();
            for (ApiModel other : together.values()) {
                other.entry().paths().stream()
                        .filter(path -> asked.stream().anyMatch(own -> meets(path, own)))
                        .findFirst()
                        .ifPresent(path -> problems.add(problem(
                                api,
                                "istio.authorizer-paths",
                                "a mesh would ask " + rule.describe() + " about '" + path + "' too, which belongs to "
                                        + other.id() + " and meets " + asked,
                                "give one of the two a host of its own",
                                rule.origin())));
            }
        }
    }

    /** Whether some requests for a path of another API are asked about; a wider one gives way to the API's own. */
    private static boolean meets(PathPattern other, PathPattern own) {
        return own.intersect(other).isPresent() && !Partition.isNarrower(own, other);
    }

    /** In older lines a workload, and so the gateway, can ask one authorizer. */
    List<Problem> shared(MeshModel model) {
        List<Problem> problems = new ArrayList<>();
        surrounded(model, problems);
        ApiModel first = null;
        for (ApiModel api : model.apis()) {
            AuthorizerRule rule = api.entry().authorizer();
            AuthorizerRule before = first == null ? null : first.entry().authorizer();
            first = first == null && rule != null ? api : first;
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
