package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who has which paths of a host: the most specific of all claims that cover a path tells. */
final class Claims {
    private final List<Claim> claims = new ArrayList<>();
    private final List<ApiModel> guests = new ArrayList<>();

    private record Claim(PathPattern path, ApiModel api) {}

    /**
     * The claims at the hosts of an API.
     *
     * @param byHost who is at each host, see {@link #byHost}
     */
    Claims(ApiModel api, Map<String, List<ApiModel>> byHost) {
        Map<String, ApiModel> here = new TreeMap<>(Map.of(api.id(), api));
        for (String host : api.entry().hosts()) {
            byHost.getOrDefault(host, List.of()).forEach(other -> here.put(other.id(), other));
        }
        for (ApiModel other : here.values()) {
            guests.add(other);
            other.entry().paths().forEach(path -> claims.add(new Claim(path, other)));
        }
        claims.sort(Comparator.comparing(Claim::path, Precedence.ofPaths()));
    }

    /** Who is at each host of a model, so that each API looks at its own hosts only. */
    static Map<String, List<ApiModel>> byHost(MeshModel model) {
        Map<String, List<ApiModel>> hosts = new HashMap<>();
        for (ApiModel api : model.apis()) {
            api.entry()
                    .hosts()
                    .forEach(host -> hosts.computeIfAbsent(host, one -> new ArrayList<>())
                            .add(api));
        }
        return hosts;
    }

    /** Everybody who has a part of the hosts, in the order of their names. */
    List<ApiModel> guests() {
        return guests;
    }

    /** Whether an API is the first of some, so that what holds for all of a host is said once. */
    boolean isFirst(ApiModel api, Predicate<ApiModel> some) {
        return guests.stream()
                .filter(some)
                .findFirst()
                .filter(first -> first.id().equals(api.id()))
                .isPresent();
    }

    /** All that is claimed, the most specific first. */
    List<PathPattern> paths() {
        return claims.stream().map(Claim::path).toList();
    }

    /** Whether the paths of a region belong to an API; without any claims all of them do. */
    boolean isOf(ApiModel api, PathPattern region) {
        return claims.isEmpty()
                || owner(region).filter(owner -> owner.id().equals(api.id())).isPresent();
    }

    /** Whose the paths are that a pattern stands for, unless somebody claims a narrower one. */
    Optional<ApiModel> owner(PathPattern region) {
        return claims.stream()
                .filter(claim -> claim.path().covers(region))
                .findFirst()
                .map(Claim::api);
    }
}
