package dev.lintel.mesh.istio;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About which paths of a host an external authorizer is asked: those of its API, without those that are others' and lie
 * among them. Others that ask the very same authorizer are left in: a gateway asks one authorizer once, however many policies
 * say so.
 */
final class AuthorizerPaths {
    private final Map<String, Map<String, ApiModel>> byHost = new LinkedHashMap<>();

    AuthorizerPaths(MeshModel model) {
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                byHost.computeIfAbsent(host, one -> new LinkedHashMap<>()).put(api.id(), api);
            }
        }
    }

    /**
     * What is asked about, without hosts.
     *
     * @throws IllegalArgumentException if the paths overlap in too many ways
     */
    List<Operation> of(ApiModel api, AuthorizerRule rule) {
        List<Operation> operations = new ArrayList<>();
        areas(api, rule)
                .forEach(area -> Operation.add(operations, Operation.of(area.path(), area.carved(), MethodSet.ALL)));
        return operations;
    }

    /** A path of which a policy does not match every spelling that a route does; null if there is none. */
    @Nullable
    PathPattern unsure(ApiModel api, AuthorizerRule rule) {
        for (AccessPlan.Area area : areas(api, rule)) {
            List<PathPattern> said = new ArrayList<>(List.of(area.path()));
            said.addAll(area.carved());
            for (PathPattern path : said) {
                if (Forms.hasTemplate(path) || path.toString().indexOf('%') >= 0) {
                    return path;
                }
            }
        }
        return null;
    }

    private List<AccessPlan.Area> areas(ApiModel api, AuthorizerRule rule) {
        Map<String, ApiModel> together = new LinkedHashMap<>();
        api.entry().hosts().forEach(host -> together.putAll(byHost.getOrDefault(host, Map.of())));
        List<PathPattern> others = together.values().stream()
                .filter(other -> !other.id().equals(api.id()) && !asksTheSame(other, rule))
                .flatMap(other -> other.entry().paths().stream())
                .toList();
        List<PathPattern> own = api.entry().paths();
        AccessRule asked = new AccessRule(Endpoint.any(), Requirement.TOKEN, rule.origin());
        return AccessPlan.atGateway(List.of(asked), own.isEmpty() ? List.of(PathPattern.ANY) : own, others)
                .areas()
                .stream()
                .filter(area -> !area.absorbed() && area.asked().containsKey(Requirement.TOKEN))
                .toList();
    }

    private static boolean asksTheSame(ApiModel other, AuthorizerRule rule) {
        AuthorizerRule theirs = other.entry().authorizer();
        return theirs != null && Providers.name(theirs).equals(Providers.name(rule));
    }
}
