package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.ApiModel;
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
     * Destinations for some callers.
     *
     * @param cookie an expression that the {@code Cookie} header must match; null for every caller
     * @param destinations one, or several with weights
     */
    record Target(@Nullable String cookie, List<Map<String, Object>> destinations) {}

    /** Where a route goes: to a version, or by the split. */
    List<Target> of(@Nullable String version) {
        SplitRule split = api.service().split();
        if (version != null) {
            return List.of(new Target(null, List.of(map("destination", destination(version)))));
        }
        if (split == null) {
            return List.of(new Target(
                    null, List.of(map("destination", service(api.service().name(), null)))));
        }
        List<Share> shares =
                split.shares().stream().filter(share -> share.weight() > 0).toList();
        List<Target> targets = new ArrayList<>();
        SplitRule.Sticky sticky = split.sticky();
        if (sticky != null) {
            for (Share share : shares) {
                String cookie = StickyCookie.regex(sticky.name(), share.version());
                targets.add(new Target(cookie, List.of(map("destination", destination(share.version())))));
            }
        }
        targets.add(new Target(
                null,
                shares.stream()
                        .map(share -> share(share, shares.size() > 1, sticky))
                        .toList()));
        return targets;
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
