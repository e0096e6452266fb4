package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to requests, path by path. Each path says all that holds there, so that nothing rests on what a wider one
 * says; a path that says what the next wider ones say is left out.
 */
final class RouteTable {
    private final ApiModel api;
    private final Claims claims;
    private final boolean asks;

    /**
     * A table.
     *
     * @param api whose requests
     * @param claims which paths of its hosts are its own
     * @param asks whether the gateway asks for access, so that access belongs to the table
     */
    RouteTable(ApiModel api, Claims claims, boolean asks) {
        this.api = api;
        this.claims = claims;
        this.asks = asks && api.entry().access().isRestricted();
    }

    /**
     * The table, of the API's own paths only: nothing is said about what belongs to others of its hosts, or to nobody.
     *
     * @return the most specific path first
     * @throws IllegalArgumentException if paths or routes overlap in too many ways
     */
    Map<PathPattern, List<Line>> lines() {
        Set<PathPattern> patterns = new LinkedHashSet<>(claims.paths());
        api.entry()
                .routes()
                .forEach(route -> patterns.add(route.match().endpoint().path()));
        api.entry().rewrites().forEach(rewrite -> patterns.add(rewrite.from()));
        if (asks) {
            api.entry()
                    .access()
                    .rules()
                    .forEach(rule -> patterns.add(rule.endpoint().path()));
        }
        List<PathPattern> regions = new ArrayList<>(Regions.of(patterns));
        Map<PathPattern, List<Line>> all = new LinkedHashMap<>();
        for (PathPattern region : regions) {
            if (claims.isOf(api, region)) {
                all.put(region, Line.byPrecedence(lines(region)));
            }
        }
        for (PathPattern region : List.copyOf(regions)) {
            List<PathPattern> parents = parents(region, regions);
            boolean same = all.containsKey(region)
                    && parents.stream().allMatch(parent -> Objects.equals(all.get(parent), all.get(region)));
            if (!parents.isEmpty() && same) {
                regions.remove(region);
                all.remove(region);
            }
        }
        return all;
    }

    /** What happens to calls from inside: no paths, no answers, nobody asked. */
    List<Line> inside() {
        return Line.byPrecedence(targets(null, null));
    }

    private static List<PathPattern> parents(PathPattern region, List<PathPattern> all) {
        List<PathPattern> wider = all.stream()
                .filter(other -> !other.equals(region) && other.covers(region))
                .toList();
        return wider.stream()
                .filter(one -> wider.stream().noneMatch(other -> !other.equals(one) && one.covers(other)))
                .toList();
    }

    private List<Line> lines(PathPattern region) {
        Rewrite rewrite = api.entry().rewrites().stream()
                .filter(one -> one.from().covers(region))
                .findFirst()
                .filter(one -> !isIdentity(one))
                .orElse(null);
        List<Line> routed = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            if (route.match().endpoint().path().covers(region)) {
                for (Asked base : bases(route)) {
                    targets(route, rewrite)
                            .forEach(target -> base.and(target.asked())
                                    .ifPresent(both -> routed.add(new Line(both, target.deed()))));
                }
            }
        }
        return asks ? asking(routed, region) : routed;
    }

    private static boolean isIdentity(Rewrite rewrite) {
        return rewrite.from().subtree() && rewrite.to().equals(node(rewrite.from()));
    }

    static String node(PathPattern pattern) {
        return pattern.segments().isEmpty() ? "/" : "/" + String.join("/", pattern.segments());
    }

    private static List<Asked> bases(Route route) {
        List<Asked> bases = new ArrayList<>();
        for (Asked method : methods(route.match().endpoint())) {
            bases.add(new Asked(
                    method.method(),
                    route.match().headers(),
                    null,
                    route.match().query()));
        }
        return bases;
    }

    /** HEAD follows GET. */
    private static List<Asked> methods(Endpoint endpoint) {
        if (endpoint.methods().isEmpty()) {
            return List.of(Asked.NOTHING);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String method : endpoint.methods()) {
            names.add(method);
            if (method.equals("GET")) {
                names.add("HEAD");
            }
        }
        return names.stream().map(Asked::method).toList();
    }

    private List<Line> asking(List<Line> routed, PathPattern region) {
        List<Line> lines = new ArrayList<>();
        for (Line line : routed) {
            for (AccessRule rule : api.entry().access().rules()) {
                if (rule.endpoint().path().covers(region)) {
                    for (Asked method : methods(rule.endpoint())) {
                        line.asked()
                                .and(method)
                                .ifPresent(both ->
                                        lines.add(new Line(both, line.deed().asking(rule.requirement()))));
                    }
                }
            }
            lines.add(new Line(line.asked(), line.deed().asking(Requirement.DENIED)));
        }
        return lines;
    }

    /** Where requests go, the first that matches; a choice before the split. */
    private List<Line> targets(@Nullable Route route, @Nullable Rewrite rewrite) {
        if (route != null && route.answer() != null) {
            return List.of(new Line(Asked.NOTHING, new Deed(List.of(), route.answer(), null, null)));
        }
        if (route != null && route.version() != null) {
            return List.of(line(Asked.NOTHING, rewrite, List.of(backend(route.version(), 1, null))));
        }
        List<Line> targets = new ArrayList<>();
        for (Choice choice : api.service().traffic().choices()) {
            Condition when = choice.when();
            Asked asked = when.by() == Condition.By.COOKIE
                    ? Asked.cookie(Cookies.regex(when.name(), when.value()))
                    : Asked.header(when.name(), when.value());
            targets.add(line(asked, rewrite, List.of(backend(choice.version(), 1, null))));
        }
        SplitRule split = api.service().split();
        if (split == null) {
            targets.add(line(
                    Asked.NOTHING,
                    rewrite,
                    List.of(new Deed.Backend(api.service().name(), 1, null))));
            return targets;
        }
        SplitRule.Sticky sticky = split.sticky();
        List<Deed.Backend> shares = new ArrayList<>();
        for (SplitRule.Share share : split.shares()) {
            if (share.weight() > 0) {
                String set = sticky == null ? null : Cookies.set(sticky.name(), share.version());
                shares.add(backend(share.version(), share.weight(), set));
                if (sticky != null) {
                    Asked kept = Asked.cookie(Cookies.regex(sticky.name(), share.version()));
                    targets.add(line(kept, rewrite, List.of(backend(share.version(), 1, null))));
                }
            }
        }
        targets.add(line(Asked.NOTHING, rewrite, shares));
        return targets;
    }

    private static Line line(Asked asked, @Nullable Rewrite rewrite, List<Deed.Backend> backends) {
        return new Line(asked, new Deed(backends, null, rewrite, null));
    }

    /** A version that is told by labels is refused before; its own service is the nearest that can be written. */
    private Deed.Backend backend(String name, int weight, @Nullable String cookie) {
        String service = api.service().name();
        for (Version version : api.service().versions()) {
            if (version.name().equals(name) && version.service() != null) {
                service = version.service();
            }
        }
        return new Deed.Backend(service, weight, cookie);
    }
}
