package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.PlainHttp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What must be so in the world for the objects to mean what they are meant to, and cannot be said in them. */
final class Prerequisites {
    private final GatewayApiDialect dialect;
    private final List<Problem> found = new ArrayList<>();

    Prerequisites(GatewayApiDialect dialect) {
        this.dialect = dialect;
    }

    /** What a model needs, of which some objects were written. */
    List<Problem> find(MeshModel model, Collection<Manifest> written) {
        if (!model.apis().isEmpty()) {
            gatewayClass(model.apis().get(0), written);
            if (dialect.gateway().credential() == null) {
                found.addAll(PlainHttp.prerequisite(
                        model,
                        "gateway-api.plain-http",
                        "the Gateway '" + dialect.gateway().namespace() + "/"
                                + dialect.gateway().name() + "'",
                        "let it serve HTTPS, as in gateway(SharedGateway.standard().https(443,"
                                + " \"{namespace}-certificate\"))"));
            }
            model.apis().forEach(this::api);
        }
        return found;
    }

    private void gatewayClass(ApiModel first, Collection<Manifest> written) {
        String name = dialect.gatewayClass();
        found.add(new Problem(
                "gateway-api.class",
                dialect.gateway().namespace() + "/" + dialect.gateway().name(),
                "the GatewayClass '" + name + "' must be there, with Gateway API " + dialect.version()
                        + " or newer, and support what these objects need: " + NeededFeatures.describe(written),
                "compare with: kubectl get gatewayclass " + name + " -o yaml, at status.supportedFeatures",
                first.origin()));
        found.addAll(FeatureNames.warnings(dialect, first.origin()));
        String credential = dialect.gateway().credential();
        if (credential != null) {
            found.add(new Problem(
                    "gateway-api.credential",
                    dialect.gateway().namespace() + "/" + dialect.gateway().name(),
                    "the secrets '" + credential + "' must be there, in the namespace '"
                            + dialect.gateway().secretNamespace("{namespace}") + "', with tls.crt and tls.key",
                    "make one for each namespace",
                    first.origin()));
        }
    }

    private void api(ApiModel api) {
        boolean envoy = dialect.extension() == Extension.ENVOY_GATEWAY;
        boolean asks = api.entry().access().isRestricted();
        if (dialect.extension() != Extension.ISTIO
                && !api.service().labels().equals(Map.of("app", api.service().name()))) {
            add(
                    api,
                    "gateway-api.workloads",
                    "the Service '" + api.service().name() + "' must select the workloads "
                            + api.service().labels() + ", because requests go to whatever it selects",
                    "compare with: kubectl -n " + api.namespace() + " get service "
                            + api.service().name() + " -o jsonpath={.spec.selector}");
        }
        if (asks && envoy && !dialect.version().isAtLeast(GatewayApiVersion.V1_4)) {
            add(
                    api,
                    "gateway-api.experimental",
                    "names of rules, by which access is asked, are in the experimental channel of Gateway API "
                            + dialect.version()
                            + "; the standard channel drops them, and every request is answered 403",
                    "install the resources of the experimental channel");
        }
        if (asks && envoy) {
            add(
                    api,
                    "gateway-api.rule-policies",
                    "Envoy Gateway must know policies for rules of routes; one that refuses a sectionName keeps only the"
                            + " policy for whole routes, and every request is answered 403",
                    "use Envoy Gateway 1.5 or newer");
            boolean far = api.service().traffic().elsewhere() != null;
            add(
                    api,
                    "gateway-api.only-way",
                    far
                            ? "nobody but the gateway may call the service elsewhere, because access is asked there alone"
                            : "nobody but the gateway may reach the workloads "
                                    + api.service().labels() + ", because access is asked there alone",
                    far ? "let the far side take calls of the gateway only" : "say so in a NetworkPolicy");
            add(
                    api,
                    "gateway-api.path-normalization",
                    "the gateway must resolve escaped and repeated slashes; otherwise '/x/..%2Fy' is decided as it stands",
                    "set path.escapedSlashesAction: UnescapeAndForward in a ClientTrafficPolicy for the gateway; repeated"
                            + " slashes are merged by default");
        }
        if (api.service().retry() != null && dialect.extension() == Extension.NONE) {
            add(
                    api,
                    "gateway-api.experimental",
                    "retries are in the experimental channel of Gateway API " + dialect.version()
                            + "; without it they are dropped without a word",
                    "install the resources of the experimental channel");
        }
        if (asks && envoy && Grpc.speaks(api)) {
            add(
                    api,
                    "gateway-api.grpc-only",
                    "the service must answer nothing but gRPC: a path that is not '/package.Service/Method' is asked what is"
                            + " asked of the wider path",
                    "let the service answer 404 to other paths, as servers of gRPC do");
        }
        if (asks && !envoy && !api.entry().pathParameters()) {
            carved(api);
        }
    }

    /** A narrow rule that asks for something else, and a path with a parameter that gets around it. */
    private void carved(ApiModel api) {
        for (AccessRule narrow : api.entry().access().rules()) {
            PathPattern path = narrow.endpoint().path();
            boolean differs = api.entry().access().rules().stream()
                    .anyMatch(wide -> wide.endpoint().path().covers(path)
                            && !wide.requirement().equals(narrow.requirement()));
            if (differs && !path.segments().isEmpty()) {
                add(
                        api,
                        "gateway-api.path-parameters",
                        "the service must not pass over path parameters: '" + RouteTable.node(path)
                                + ";x' is another path than '" + path + "', and falls to a wider rule",
                        "let the service refuse ';' in paths, or use Istio's own dialect, where the gateway does");
                return;
            }
        }
    }

    private void add(ApiModel api, String code, String message, String hint) {
        found.add(new Problem(code, api.id(), message, hint, api.origin()));
    }
}
