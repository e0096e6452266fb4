package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked at the rules of routes into access rules: in each region of paths some concrete paths are sent through
 * the matches as the gateway would, and all of them must be asked for the same.
 */
final class AccessReader {
    /** Stands for every method that no match names. */
    private static final String OTHER = "OTHER";

    private final List<SeenMatch> matches;
    private final Part place;
    private final Set<String> methods = new TreeSet<>(List.of("GET", "HEAD", OTHER));

    /**
     * A reader.
     *
     * @param matches in the order in which they are asked
     */
    AccessReader(List<SeenMatch> matches, Part place) {
        this.matches = matches;
        this.place = place;
        for (SeenMatch match : matches) {
            String method = match.asked().method();
            if (method != null) {
                methods.add(method);
            }
        }
    }

    Access read() {
        Set<SeenAccess> policies = new LinkedHashSet<>();
        boolean open = false;
        for (SeenMatch match : matches) {
            SeenAccess access = match.rule().access();
            if (access == null || access.asked() == null) {
                open = true;
            } else {
                policies.add(access);
            }
        }
        if (policies.isEmpty()) {
            return Access.OPEN;
        }
        if (open) {
            place.problem("asks at some of its rules, and judges no token at others");
        }
        List<Issuer> issuers = List.of();
        List<String> audiences = List.of();
        for (SeenAccess policy : policies) {
            if (policy.issuers().isEmpty()) {
                continue;
            }
            if (!issuers.isEmpty() && (!issuers.equals(policy.issuers()) || !audiences.equals(policy.audiences()))) {
                place.problem("trusts other issuers at some of its rules than at others");
            }
            issuers = policy.issuers();
            audiences = policy.audiences();
        }
        return new Access(issuers, audiences, rules());
    }

    private List<AccessRule> rules() {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        patterns.add(PathPattern.ANY);
        matches.forEach(match -> Paths.pattern(match).ifPresent(patterns::add));
        List<PathPattern> regions = Regions.of(patterns);
        List<AccessRule> rules = new ArrayList<>();
        for (PathPattern region : regions) {
            Map<String, Requirement> asked = null;
            for (String path : Paths.samples(region, regions)) {
                Map<String, Requirement> here = asked(path);
                if (asked != null && !asked.equals(here)) {
                    place.problem("asks for other things at '" + path + "' than at other paths of '" + region + "'");
                }
                asked = asked == null ? here : asked;
            }
            if (asked != null) {
                say(region, asked, rules);
            }
        }
        return rules;
    }

    private Map<String, Requirement> asked(String path) {
        Map<String, Requirement> byMethod = new LinkedHashMap<>();
        for (String method : methods) {
            Requirement asked = null;
            for (SeenMatch match : matches) {
                String named = match.asked().method();
                if (!Paths.matches(match, path) || named != null && !named.equals(method)) {
                    continue;
                }
                Requirement here = requirement(match);
                if (asked != null && !asked.equals(here)) {
                    place.problem("asks for other things at '" + path + "' by headers or parameters");
                }
                asked = asked == null ? here : asked;
                if (match.asked().headerCount() == 0 && match.asked().query().isEmpty()) {
                    break;
                }
            }
            byMethod.put(method, asked == null ? Requirement.DENIED : asked);
        }
        return byMethod;
    }

    private static Requirement requirement(SeenMatch match) {
        @Nullable SeenAccess access = match.rule().access();
        return access == null || access.asked() == null ? Requirement.PUBLIC : access.asked();
    }

    /** HEAD comes first, because it follows GET where nothing is said about it. */
    private static void say(PathPattern region, Map<String, Requirement> asked, List<AccessRule> rules) {
        Requirement others = asked.getOrDefault(OTHER, Requirement.DENIED);
        Map<Requirement, List<String>> named = new LinkedHashMap<>();
        asked.forEach((method, requirement) -> {
            if (method.equals("HEAD") && !requirement.equals(asked.get("GET"))) {
                rules.add(rule(List.of("HEAD"), region, requirement));
            } else if (!method.equals("HEAD") && !requirement.equals(others)) {
                named.computeIfAbsent(requirement, r -> new ArrayList<>()).add(method);
            }
        });
        named.forEach((requirement, methods) -> rules.add(rule(methods, region, requirement)));
        rules.add(rule(List.of(), region, others));
    }

    private static AccessRule rule(List<String> methods, PathPattern region, Requirement requirement) {
        return new AccessRule(new Endpoint(methods, region), requirement, Origin.unknown());
    }
}
