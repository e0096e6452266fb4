package dev.lintel.mesh.istio;

import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the versions of an API of anybody are called: by the cookie that keeps callers on them, as that is what callers bring;
 * otherwise by their subset or service.
 */
final class ForeignVersions {
    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";

    private final Target service;
    private final Map<String, String> names = new LinkedHashMap<>();

    private ForeignVersions(Target service) {
        this.service = service;
    }

    /** The annotation by which this dialect names versions; empty where subsets and services do. */
    static Map<String, String> notes(ForeignExposure.Exposed api) {
        ForeignVersions versions = new ForeignVersions(api.target());
        api.inside().forEach(versions::read);
        api.outside().forEach(versions::read);
        List<String> pairs = new ArrayList<>();
        versions.names.forEach((place, name) -> pairs.add(name + "=" + place));
        return pairs.isEmpty() ? Map.of() : Map.of(Meta.VERSIONS, String.join(",", pairs));
    }

    private void read(Map<String, Object> rule) {
        if (!(rule.get("route") instanceof List<?> shares)) {
            return;
        }
        for (Object share : shares) {
            Object headers = shares.size() == 1 && in(rule, "headers") != null ? rule : share;
            Object set = in(in(in(in(headers, "headers"), "response"), "add"), "Set-Cookie");
            name(in(share, "destination"), set == null ? Optional.empty() : StickyCookie.readSet(set.toString()));
        }
    }

    private void name(@Nullable Object destination, Optional<StickyCookie.Cookie> cookie) {
        Object subset = in(destination, "subset");
        Target host = ForeignHosts.target(String.valueOf(in(destination, "host")), service.namespace());
        if (cookie.isPresent() && host != null && cookie.get().value().matches(NAME)) {
            String place = host.equals(service) && subset != null ? subset.toString() : host.name();
            names.putIfAbsent(place, cookie.get().value());
        }
    }

    private static @Nullable Object in(@Nullable Object tree, String name) {
        return tree instanceof Map<?, ?> map ? map.get(name) : null;
    }
}
