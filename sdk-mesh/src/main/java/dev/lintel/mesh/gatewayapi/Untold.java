package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is written, but does not tell what was meant, so that a plan could not compare it with anything: HTTPRoutes for a
 * path do not always tell the split of every call from the routes before it.
 */
final class Untold {
    private static final String WAYS = "shares requests otherwise than calls from inside";

    private final GatewayApiDialect dialect;
    private final MeshModel model;

    Untold(GatewayApiDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
    }

    /** One problem for each thing that cannot be read back; empty if everything can. */
    List<Problem> find(List<Manifest> manifests) {
        Set<Problem> found = new LinkedHashSet<>();
        for (Problem unread : new ModelReader(dialect).read(manifests).problems()) {
            List<ApiModel> whose = model.apis().stream()
                    .filter(api -> isAbout(unread.path(), api))
                    .toList();
            ApiModel api = whose.isEmpty() ? null : whose.get(0);
            boolean ways = api != null && unread.message().contains(WAYS);
            found.add(new Problem(
                    ways ? "gateway-api.untold-ways" : "gateway-api.untold",
                    api == null ? unread.path() : api.id(),
                    "what would be written at '" + unread.path() + "' does not tell what is meant: " + unread.message(),
                    ways
                            ? "name the version to which each route by header, query or method leads, or leave out the"
                                    + " choices or the split; or use Istio's own dialect"
                            : "say fewer routes by header, query or method beside choices and split, or use Istio's own"
                                    + " dialect",
                    api == null ? unread.origin() : ways ? divided(api) : api.origin()));
        }
        return new ArrayList<>(found);
    }

    /** The first route for some requests that leaves it to choices and split where they go. */
    private static Origin divided(ApiModel api) {
        return api.entry().routes().stream()
                .filter(route -> route.version() == null && route.answer() == null)
                .filter(route -> !route.match().headers().isEmpty()
                        || !route.match().query().isEmpty()
                        || !route.match().endpoint().methods().isEmpty())
                .findFirst()
                .map(Route::origin)
                .orElse(api.origin());
    }

    /** Whether a path such as {@code HTTPRoute shop/orders.2} names an object of an API. */
    private static boolean isAbout(String path, ApiModel api) {
        String whole = path.substring(path.indexOf(' ') + 1);
        String own = api.namespace() + "/" + api.name();
        return whole.equals(own)
                || whole.startsWith(own + ".")
                || List.of("-mesh", "-split", "-entry")
                        .contains(whole.startsWith(own) ? whole.substring(own.length()) : whole);
    }
}
