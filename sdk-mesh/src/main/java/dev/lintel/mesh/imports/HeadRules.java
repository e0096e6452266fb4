package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of {@code HEAD} alone. In a definition it follows {@code GET}, so that where it would be let through by
 * more it is answered with 403 instead.
 */
final class HeadRules {
    /** The method, as rules about it alone say it. */
    static final List<String> HEAD = List.of("HEAD");

    private final ApiModel api;
    private final Access access;
    private final Unsaid lost;

    HeadRules(ApiModel api, Unsaid lost) {
        this.api = api;
        this.access = api.entry().access();
        this.lost = lost;
    }

    /** The rule for {@code GET} at the same paths, if a rule is about {@code HEAD} alone. */
    static Optional<AccessRule> followed(AccessRule rule, Access access) {
        if (!rule.endpoint().methods().equals(HEAD)) {
            return Optional.empty();
        }
        return access.rules().stream()
                .filter(other -> other.endpoint().methods().contains("GET")
                        && other.endpoint().path().equals(rule.endpoint().path()))
                .findFirst();
    }

    /** The answers that close what would be opened. */
    List<Map<String, Object>> answers() {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (AccessRule head : access.rules()) {
            followed(head, access).ifPresent(get -> answers.addAll(answers(head, get)));
        }
        return answers;
    }

    private List<Map<String, Object>> answers(AccessRule head, AccessRule get) {
        PathPattern path = head.endpoint().path();
        String asked = "HEAD " + path + " " + words(head.requirement()) + ", and GET " + words(get.requirement());
        if (isCovered(get.requirement(), head.requirement())) {
            lost.add(get.endpoint().toString(), asked + "; here HEAD follows GET and is closed to more callers");
            return List.of();
        }
        Set<PathPattern> closed = new LinkedHashSet<>(List.of(path));
        for (Route route : api.entry().routes()) {
            Endpoint endpoint = route.match().endpoint();
            if (endpoint.allows("HEAD") && governs(head, endpoint.path())) {
                if (!endpoint.methods().isEmpty()) {
                    lost.add(
                            get.endpoint().toString(),
                            asked + "; here HEAD follows GET and is open to more callers, because the route for "
                                    + endpoint + " takes it");
                    return List.of();
                }
                closed.add(endpoint.path());
            }
        }
        String told = asked + "; a definition has no rule for HEAD beside one for GET, so that this refuses every HEAD";
        List<Map<String, Object>> answers = new ArrayList<>();
        for (PathPattern each : closed) {
            String endpoint = "HEAD " + each;
            answers.add(map("kind", "traffic.respond/v1", "match", map("endpoint", endpoint), "status", 403));
            if (each.equals(path) && !(head.requirement() instanceof Requirement.Denied)) {
                lost.add(endpoint, told);
            } else {
                lost.comment(endpoint, told);
            }
        }
        return answers;
    }

    private static String words(Requirement requirement) {
        return requirement instanceof Requirement.Token
                ? "needs " + requirement
                : requirement instanceof Requirement.Denied ? "is refused" : "is open to everybody";
    }

    /** Whether the rule is the one that is asked about {@code HEAD} at some paths. */
    private boolean governs(AccessRule head, PathPattern paths) {
        return access.rules().stream()
                .filter(rule ->
                        rule.endpoint().allows("HEAD") && rule.endpoint().path().covers(paths))
                .findFirst()
                .filter(head::equals)
                .isPresent();
    }

    /** Whether whoever meets the first one meets the second one. */
    private static boolean isCovered(Requirement one, Requirement other) {
        if (other instanceof Requirement.Public || one instanceof Requirement.Denied) {
            return true;
        }
        return one instanceof Requirement.Token some
                && other instanceof Requirement.Token any
                && some.anyOf().stream().allMatch(grant -> any.anyOf().stream().anyMatch(less -> implies(grant, less)));
    }

    /** Whether whatever has the first grant has the second one. */
    static boolean implies(Grant more, Grant less) {
        return more.scopes().containsAll(less.scopes()) && more.claims().containsAll(less.claims());
    }
}
