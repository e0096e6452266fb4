package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes where requests go: a service, a version, or shares of versions. */
final class Destinations {
    private final ApiModel api;

    Destinations(ApiModel api) {
        this.api = api;
    }

    /**
     * Destinations for some calls.
     *
     * @param header the header that is asked for; null for every call
     * @param matched what it must match
     * @param destinations one, or several with weights; empty for those of the split
     * @param delegate the object that has the split; null where there are destinations
     */
    record Target(
            @Nullable String header,
            Map<String, Object> matched,
            List<Map<String, Object>> destinations,
            @Nullable Map<String, Object> delegate) {
        private static Target all(List<Map<String, Object>> destinations) {
            return new Target(null, Map.of(), destinations, null);
        }

        private static Target cookie(String name, String value, Map<String, Object> destination) {
            return new Target("cookie", map("regex", StickyCookie.regex(name, value)), List.of(destination), null);
        }
    }

    /** Where a route goes: to a version, or to the one that is chosen, or by the split. */
    List<Target> of(@Nullable String version) {
        SplitRule split = api.service().split();
        if (version != null) {
            return List.of(Target.all(List.of(to(version))));
        }
        List<Target> targets = new ArrayList<>();
        api.service().traffic().choices().forEach(choice -> targets.add(chosen(choice)));
        if (split == null) {
            targets.add(
                    Target.all(List.of(map("destination", service(api.service().name(), null)))));
            return targets;
        }
        targets.add(new Target(
                null, Map.of(), List.of(), map("name", Meta.splitName(api.name()), "namespace", api.namespace())));
        return targets;
    }

    /**
     * The routes of the split, for an object of its own: a rollout that changes weights owns it as a whole, because the
     * list of routes of one object has one owner.
     */
    List<Object> split(SplitRule split) {
        List<Share> shares =
                split.shares().stream().filter(share -> share.weight() > 0).toList();
        SplitRule.Sticky sticky = split.sticky();
        List<Target> targets = new ArrayList<>();
        if (sticky != null) {
            shares.forEach(share -> targets.add(Target.cookie(sticky.name(), share.version(), to(share.version()))));
        }
        targets.add(Target.all(shares.stream()
                .map(share -> share(share, shares.size() > 1, sticky))
                .toList()));
        List<Object> routes = new ArrayList<>();
        for (Target target : targets) {
            List<Object> match = target.header() == null
                    ? List.of()
                    : List.of(map("headers", map(target.header(), target.matched())));
            routes.add(map("match", match, "route", target.destinations()));
        }
        return routes;
    }

    private Target chosen(Choice choice) {
        Condition when = choice.when();
        return when.by() == Condition.By.COOKIE
                ? Target.cookie(when.name(), when.value(), to(choice.version()))
                : new Target(when.name(), map("exact", when.value()), List.of(to(choice.version())), null);
    }

    /** Where copies go. */
    List<Map<String, Object>> mirrors() {
        return api.service().traffic().mirrors().stream()
                .map(mirror ->
                        map("destination", destination(mirror.version()), "percentage", Faults.share(mirror.percent())))
                .toList();
    }

    private Map<String, Object> to(String version) {
        return map("destination", destination(version));
    }

    private Map<String, Object> share(Share share, boolean several, SplitRule.@Nullable Sticky sticky) {
        return map(
                "destination",
                destination(share.version()),
                "weight",
                several ? share.weight() : null,
                "headers",
                sticky == null
                        ? null
                        : map(
                                "response",
                                map("add", map("Set-Cookie", StickyCookie.set(sticky.name(), share.version())))));
    }

    private Map<String, Object> destination(String name) {
        for (Version version : api.service().versions()) {
            if (version.name().equals(name)) {
                return version.service() == null
                        ? service(api.service().name(), Meta.subset(version))
                        : service(version.service(), null);
            }
        }
        throw new IllegalArgumentException(api.id() + " names a version that it does not have: '" + name + "'");
    }

    private Map<String, Object> service(String name, @Nullable String subset) {
        return map(
                "host",
                Meta.host(name, api.namespace()),
                "subset",
                subset,
                "port",
                map("number", api.service().port()));
    }
}
