package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who has which paths of a host: the most specific of all claims that cover a path tells. */
final class Claims {
    private final List<Claim> claims = new ArrayList<>();
    private final List<ApiModel> guests = new ArrayList<>();

    private record Claim(PathPattern path, ApiModel api) {}

    /**
     * The claims at the hosts of an API.
     *
     * @param byHost everybody who may have a part of them
     */
    Claims(ApiModel api, Map<String, List<ApiModel>> byHost) {
        Map<String, ApiModel> here = new LinkedHashMap<>();
        api.entry()
                .hosts()
                .forEach(host ->
                        byHost.getOrDefault(host, List.of()).forEach(guest -> here.putIfAbsent(guest.id(), guest)));
        here.putIfAbsent(api.id(), api);
        for (ApiModel guest : here.values()) {
            guests.add(guest);
            guest.entry().paths().forEach(path -> claims.add(new Claim(path, guest)));
        }
        claims.sort(Comparator.comparing(Claim::path, Precedence.ofPaths()));
    }

    /** The APIs of each host, in the order of the model. */
    static Map<String, List<ApiModel>> byHost(MeshModel model) {
        Map<String, List<ApiModel>> byHost = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            api.entry()
                    .hosts()
                    .forEach(host ->
                            byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(api));
        }
        return byHost;
    }

    /** Everybody who has a part of the hosts, in the order of the model. */
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
