package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks in front of services elsewhere, where no workload can: at the gateway, for their hosts alone. The gateway then judges
 * the tokens of all its hosts, so that it must know the issuers of every API behind it; and because nobody asks on the way
 * from inside, calls from inside find no such service and enter by the host like everybody else.
 */
final class FarAccess {
    private final IstioDialect dialect;
    private final MeshModel model;
    private final boolean judges;

    FarAccess(IstioDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
        this.judges = model.apis().stream()
                .anyMatch(api -> isAsked(api) && !api.entry().access().issuers().isEmpty());
    }

    /** Whether access is asked in front of a service elsewhere. */
    static boolean isAsked(ApiModel api) {
        return api.service().traffic().elsewhere() != null
                && api.entry().access().isRestricted();
    }

    /** Whether only the gateway may call it: it alone asks, and it alone has the secrets. */
    static boolean isClosed(ApiModel api) {
        Elsewhere elsewhere = api.service().traffic().elsewhere();
        return isAsked(api) || elsewhere != null && FarSecrets.areAsked(elsewhere);
    }

    /** Whether a caller's token must not go on: whoever gets it could call here with it. */
    static boolean keepsTokens(ApiModel api) {
        return isAsked(api) && !api.entry().access().issuers().isEmpty();
    }

    /** What is asked about one API, and what the gateway must know of its tokens. */
    List<Manifest> write(ApiModel api) {
        List<Manifest> manifests = new ArrayList<>();
        List<Issuer> issuers = api.entry().access().issuers();
        if (judges && !issuers.isEmpty()) {
            List<Map<String, Object>> rules = issuers.stream()
                    .map(issuer -> AccessWriter.jwtRule(issuer, List.of()))
                    .toList();
            manifests.add(object(api, Meta.REQUEST_AUTHENTICATION, map("jwtRules", rules)));
        }
        if (isAsked(api)) {
            List<Map<String, Object>> rules = writer(api).rules(trusted());
            if (!rules.isEmpty()) {
                manifests.add(object(api, Meta.AUTHORIZATION_POLICY, map("action", "DENY", "rules", rules)));
            }
        }
        return manifests;
    }

    GatewayAccessWriter writer(ApiModel api) {
        List<PathPattern> others = model.apis().stream()
                .filter(other -> !other.id().equals(api.id())
                        && other.entry().hosts().stream().anyMatch(api.entry().hosts()::contains))
                .flatMap(other -> other.entry().paths().stream())
                .toList();
        return new GatewayAccessWriter(
                api.entry().access(), api.entry().hosts(), api.entry().paths(), others);
    }

    private Manifest object(ApiModel api, String kind, Map<String, Object> spec) {
        Map<String, Object> about =
                map("selector", map("matchLabels", dialect.ingress().labels()));
        about.putAll(spec);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return new Manifest(Meta.SECURITY, kind, dialect.ingress().namespace(), name(api), labels, Map.of(), about);
    }

    /** The policies of all namespaces stand together in that of the gateway; a CUSTOM one may stand beside it. */
    private static String name(ApiModel api) {
        return ObjectNames.fitting(api.name() + "." + api.namespace(), ".access");
    }

    /** The issuers whose tokens the gateway takes. */
    private Set<String> trusted() {
        Set<String> names = new TreeSet<>();
        model.apis().forEach(api -> api.entry().access().issuers().forEach(issuer -> names.add(issuer.issuer())));
        return judges ? names : Set.of();
    }

    /** One issuer with two sets of keys would be good by either, wherever it is trusted. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        Map<String, Issuer> first = new TreeMap<>();
        for (ApiModel api : judges ? model.apis() : List.<ApiModel>of()) {
            for (Issuer issuer : api.entry().access().issuers()) {
                Issuer before = first.putIfAbsent(issuer.issuer(), issuer);
                if (before != null
                        && (!Objects.equals(before.jwksUri(), issuer.jwksUri())
                                || !Objects.equals(before.jwks(), issuer.jwks()))) {
                    problems.add(problem(
                            api,
                            "istio.elsewhere-keys",
                            "the gateway judges tokens in front of a service elsewhere, and would take those of '"
                                    + issuer.issuer() + "' that are signed by its keys from " + keys(issuer)
                                    + " and from " + keys(before)
                                    + before.origin().after(", which is said at "),
                            "say the same address of its keys, or the same keys, everywhere",
                            issuer.origin()));
                }
            }
        }
        return problems;
    }

    private static String keys(Issuer issuer) {
        if (issuer.jwks() != null) {
            return "what is said of it";
        }
        return issuer.jwksUri() == null ? "its own metadata" : String.valueOf(issuer.jwksUri());
    }

    List<Problem> prerequisites() {
        List<Problem> found = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            if (keepsTokens(api)) {
                found.add(problem(
                        api,
                        "istio.gateway-tokens",
                        "the gateway must know the issuers of all tokens that are sent to any of its hosts: because it asks"
                                + " for tokens in front of " + api.entry().hosts()
                                + ", it answers 401 wherever it is shown one of another issuer than " + trusted(),
                        "for hosts that are not of this model, add a RequestAuthentication with their issuers and"
                                + " forwardOriginalToken to '"
                                + dialect.ingress().namespace() + "', for the workloads "
                                + dialect.ingress().labels(),
                        api.origin()));
            }
        }
        return found;
    }

    List<Deviation> deviations() {
        List<Deviation> found = new ArrayList<>();
        found.addAll(FarDeviations.INSIDE.about(model, FarAccess::isClosed));
        found.addAll(FarDeviations.AUTHORIZATION.about(model, FarAccess::keepsTokens));
        found.addAll(FarDeviations.BOTH.about(model, FarAccess::isAsked));
        found.addAll(FarDeviations.UNREAD.about(model, FarAccess::isAsked));
        // Whoever asks for tokens there is the reason, whatever host then answers otherwise.
        found.addAll(FarDeviations.TOKENS.about(model, FarAccess::keepsTokens));
        return found;
    }

    List<Guarantee> guarantees() {
        List<Guarantee> found = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            if (isAsked(api)) {
                found.add(new Guarantee(
                        api.id(),
                        "access is asked at the gateway of whatever enters",
                        Strength.PROXY,
                        "AuthorizationPolicy " + dialect.ingress().namespace() + "/" + name(api),
                        api.origin()));
                found.add(new Guarantee(
                        api.id(),
                        "workloads do not get past the gateway to the service elsewhere",
                        Strength.NONE,
                        "they may call it by its own address; say egress for their namespaces",
                        api.origin()));
            }
        }
        return found;
    }

    private static Problem problem(ApiModel api, String code, String message, String hint, Origin origin) {
        return new Problem(code, api.id(), message, hint, origin);
    }
}
