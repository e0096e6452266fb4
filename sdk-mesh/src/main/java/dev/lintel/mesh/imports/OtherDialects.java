package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects that an import by another dialect reads: they are told with that dialect, and left out. */
final class OtherDialects {
    private static final String ISTIO = "istio";
    private static final String GATEWAY_API = "gateway-api";
    private static final String KYMA = "kyma";

    private static final String SPRING = "spring.cloud.gateway";

    /** How an import by each dialect is made. */
    private static final Map<String, String> IMPORTS = Map.of(
            ISTIO, "Import.by(IstioDialect.istio())",
            GATEWAY_API, "Import.by(GatewayApiDialect.gatewayApi())",
            KYMA, "Import.by(KymaDialect.kyma())");

    /** By the group of an object, the dialect whose own it is. */
    private static final Map<String, String> GROUPS = Map.of(
            "networking.istio.io", ISTIO,
            "security.istio.io", ISTIO,
            "gateway.networking.k8s.io", GATEWAY_API,
            "gateway.envoyproxy.io", GATEWAY_API,
            "gateway.kyma-project.io", KYMA);

    /** Which groups each dialect reads; of other dialects than these nothing is known. */
    private static final Map<String, Set<String>> READ = Map.of(
            ISTIO, Set.of(ISTIO),
            GATEWAY_API, Set.of(GATEWAY_API, ISTIO),
            KYMA, Set.of(KYMA, ISTIO));

    /** The kinds that bring requests in, by dialect. */
    private static final Map<String, Set<String>> ROUTES = Map.of(
            ISTIO, Set.of("VirtualService"),
            GATEWAY_API, Set.of("HTTPRoute", "GRPCRoute"),
            KYMA, Set.of("APIRule"));

    /** The kinds of Istio that say what leaves, in each of the dialects. */
    private static final Set<String> LEAVING = Set.of("ServiceEntry", "Sidecar");

    private final String dialect;
    private final Map<String, List<Manifest>> others = new LinkedHashMap<>();
    private final List<Manifest> own = new ArrayList<>();
    private final boolean nothing;

    private OtherDialects(String dialect, List<Manifest> manifests) {
        this.dialect = dialect;
        Set<String> read = READ.getOrDefault(dialect, Set.of());
        boolean routes = manifests.stream().anyMatch(this::isOwn);
        for (Manifest manifest : manifests) {
            String owner = owner(manifest);
            boolean other = !read.isEmpty() && !owner.isEmpty() && !read.contains(owner);
            if (other || !read.isEmpty() && !routes && isRoute(manifest)) {
                others.computeIfAbsent(manifest.kind() + " " + owner, kind -> new ArrayList<>())
                        .add(manifest);
            } else {
                own.add(manifest);
            }
        }
        nothing = !routes && others.values().stream().flatMap(List::stream).anyMatch(OtherDialects::isRoute);
    }

    /** Looks at objects as the import by a dialect does. */
    static OtherDialects of(Dialect dialect, List<Manifest> manifests) {
        return new OtherDialects(dialect.name(), manifests);
    }

    /** Whatever this dialect reads; nothing where only others have routes. */
    List<Manifest> own() {
        return nothing ? List.of() : own;
    }

    /** Whether all routes are those of other dialects, so that there is nothing to import. */
    boolean isNothing() {
        return nothing;
    }

    /** One problem for each kind of another dialect. */
    List<Problem> problems(Sources sources) {
        List<Problem> problems = new ArrayList<>();
        others.forEach((kind, all) -> problems.add(new Problem(
                "import.other-dialect",
                LeftOut.names(all),
                "is read by another import than that of " + dialect
                        + (nothing ? ", for which there are no routes; nothing was read" : ", and is left out"),
                "use " + IMPORTS.getOrDefault(owner(all.get(0)), "") + ", which reads this kind",
                sources.line(all.get(0).id(), ""))));
        return problems;
    }

    /** Whether something can be defined by it. The routes of Kyma are APIRules or those of the mesh below. */
    private boolean isOwn(Manifest manifest) {
        String owner = owner(manifest);
        boolean routes = isRoute(manifest) && (owner.equals(dialect) || dialect.equals(KYMA) && owner.equals(ISTIO));
        return routes || owner.equals(ISTIO) && LEAVING.contains(manifest.kind());
    }

    private static boolean isRoute(Manifest manifest) {
        return ROUTES.getOrDefault(owner(manifest), Set.of()).contains(manifest.kind());
    }

    /** Whether a document is a configuration of Spring Cloud Gateway, which is no object at all. */
    static boolean isSpring(Object document) {
        if (!(document instanceof Map<?, ?> map) || map.containsKey("kind")) {
            return false;
        }
        return map.keySet().stream().anyMatch(key -> String.valueOf(key).startsWith(SPRING))
                || map.get("spring") instanceof Map<?, ?> spring
                        && spring.get("cloud") instanceof Map<?, ?> cloud
                        && cloud.containsKey("gateway");
    }

    /** A document of that kind, at a line of a file. */
    static Problem spring(String file, String which, Origin line) {
        return new Problem(
                "import.other-dialect",
                file,
                which + " is a configuration of Spring Cloud Gateway and no object of a cluster, and is left out",
                "use springCloudGateway(...) of an import, which reads its routes",
                line);
    }

    /** The import that reads some kinds, for whoever gave them to another. */
    static String importOf(Set<String> kinds) {
        return ROUTES.entrySet().stream()
                .filter(one -> one.getValue().stream().anyMatch(kinds::contains))
                .map(one -> IMPORTS.getOrDefault(one.getKey(), ""))
                .sorted()
                .findFirst()
                .orElse(IMPORTS.getOrDefault(ISTIO, ""));
    }

    private static String owner(Manifest manifest) {
        int slash = Math.max(0, manifest.apiVersion().indexOf('/'));
        return GROUPS.getOrDefault(manifest.apiVersion().substring(0, slash), "");
    }
}
