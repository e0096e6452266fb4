package dev.lintel.mesh.kyma;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.kyma.Rule.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Reads what happens to requests that enter: in each region of the paths that rules name, some concrete paths are sent
 * through what the controller makes of the rules. What fares differently there is said as it is for whoever fares best, so
 * that nothing that is open is called closed.
 */
final class EntryReader {
    private final ApiRule rule;
    private final List<Controller> controllers;
    private final List<Denial> denials;
    private final Part place;
    private final BiPredicate<Backend, Backend> sameWorkloads;
    private final Map<PathPattern, Map<String, Fate>> fates = new LinkedHashMap<>();

    /** What happens to requests of one method. */
    private record Fate(Requirement asked, Optional<Backend> backend) {
        static final Fate REFUSED = new Fate(Requirement.DENIED, Optional.empty());
    }

    /**
     * A reader.
     *
     * @param rule whose requests
     * @param wide the APIRules whose host has a wildcard, which have a say in others
     * @param sameWorkloads whether two services have the same workloads
     */
    EntryReader(
            ApiRule rule,
            List<ApiRule> wide,
            List<Denial> denials,
            BiPredicate<Backend, Backend> sameWorkloads,
            List<Problem> problems) {
        this.rule = rule;
        this.denials = denials;
        this.sameWorkloads = sameWorkloads;
        this.place = new Part(ApiRule.KIND + " " + rule.namespace() + "/" + rule.name(), "spec", Map.of(), problems);
        Set<RulePath> paths = new LinkedHashSet<>();
        rule.rules().forEach(one -> paths.add(one.path()));
        denials.forEach(denial -> paths.add(denial.path()));
        denials.forEach(denial -> paths.addAll(denial.notPaths()));
        controllers = new ArrayList<>(List.of(new Controller(rule.rules())));
        for (ApiRule other : wide) {
            if (!other.equals(rule) && rule.host().endsWith(other.host().substring(1))) {
                controllers.add(new Controller(other.rules()));
                other.rules().forEach(one -> paths.add(one.path()));
            }
        }
        Set<PathPattern> patterns = new LinkedHashSet<>();
        paths.forEach(path -> patterns.addAll(path.patterns()));
        List<PathPattern> regions = Regions.of(patterns);
        regions.forEach(region -> fates.put(region, fates(region, regions)));
    }

    /** What is asked, in the order in which it is asked; at least one rule, because without any everything would be open. */
    List<AccessRule> access() {
        List<AccessRule> rules = new ArrayList<>();
        say(Fate::asked, (endpoint, asked) -> rules.add(new AccessRule(endpoint, asked, Origin.unknown())));
        if (rules.isEmpty()) {
            rules.add(new AccessRule(Endpoint.any(), Requirement.DENIED, Origin.unknown()));
        }
        return rules;
    }

    /** Whether everything is open, and nothing is judged. */
    boolean isOpen() {
        return rule.issuers().isEmpty()
                && fates.containsKey(PathPattern.ANY)
                && fates.values().stream()
                        .allMatch(byMethod -> byMethod.values().stream()
                                .allMatch(fate -> fate.asked().equals(Requirement.PUBLIC)));
    }

    /** Where requests go; services beside the first one are versions. */
    List<Route> routes() {
        Backend first = rule.rules().get(0).backend();
        List<Route> routes = new ArrayList<>();
        if (rule.rules().stream().anyMatch(one -> !one.backend().equals(first))) {
            if (rule.rules().stream().anyMatch(one -> one.backend().port() != first.port())) {
                place.problem("goes to several ports");
            }
            if (rule.rules().stream().anyMatch(one -> one.path().hasDot())) {
                place.problem(
                        "path-expression",
                        "a dot stands for any character where paths go to different services",
                        "use paths without dots");
            }
            say(
                    Fate::backend,
                    (endpoint, backend) -> backend.ifPresent(to -> routes.add(new Route(
                            Match.of(endpoint), to.name().equals(first.name()) ? null : to.name(), Origin.unknown()))));
        }
        routes.add(new Route(Match.any(), null, Origin.unknown()));
        return routes;
    }

    private Map<String, Fate> fates(PathPattern region, List<PathPattern> regions) {
        Map<String, Fate> byMethod = new LinkedHashMap<>();
        for (String method : Methods.ALL) {
            Fate best = null;
            String shown = "";
            for (String path : samples(region, regions)) {
                Fate fate = fate(path, method);
                if (best != null && !fate.equals(best)) {
                    place.problem(
                            "trailing-slash",
                            method + " " + path + " and " + shown + " fare differently, although our paths cannot tell"
                                    + " them apart",
                            "say both, with and without the slash");
                }
                shown = path;
                best = best == null ? fate : best(best, fate);
            }
            byMethod.put(method, best == null ? Fate.REFUSED : best);
        }
        return byMethod;
    }

    private Fate fate(String path, String method) {
        Optional<Backend> backend = controllers.get(0).routed(path, method).map(Rule::backend);
        boolean denied = denials.stream().anyMatch(denial -> denial.refuses(path, method));
        if (backend.isEmpty() || denied) {
            return Fate.REFUSED;
        }
        return new Fate(
                Controller.asked(controllers, path, method, one -> sameWorkloads.test(one, backend.get())), backend);
    }

    private static Fate best(Fate one, Fate other) {
        if (one.asked().equals(Requirement.PUBLIC) || other.asked().equals(Requirement.DENIED)) {
            return one;
        }
        if (other.asked().equals(Requirement.PUBLIC) || one.asked().equals(Requirement.DENIED)) {
            return other;
        }
        List<Grant> grants = new ArrayList<>(((Requirement.Token) one.asked()).anyOf());
        grants.addAll(((Requirement.Token) other.asked()).anyOf());
        return new Fate(Controller.any(grants.stream().distinct().toList()), one.backend());
    }

    /** Paths that belong to a region and to no narrower one. */
    private static List<String> samples(PathPattern region, List<PathPattern> regions) {
        String fresh = "any";
        while (uses(regions, fresh)) {
            fresh = fresh + "0";
        }
        StringBuilder node = new StringBuilder();
        for (String segment : region.segments()) {
            node.append('/').append(PathPattern.isTemplate(segment) ? fresh : segment);
        }
        Set<String> samples = new LinkedHashSet<>();
        samples.add(node.length() == 0 ? "/" : node.toString());
        samples.add(node + "/");
        int deepest =
                regions.stream().mapToInt(one -> one.segments().size()).max().orElse(0);
        for (int i = region.segments().size(); region.subtree() && i <= deepest; i++) {
            node.append('/').append(fresh);
            samples.add(node.toString());
            samples.add(node + "/");
        }
        return samples.stream()
                .filter(path -> region.equals(regions.stream()
                        .filter(one -> one.matches(path))
                        .findFirst()
                        .orElse(null)))
                .toList();
    }

    private static boolean uses(List<PathPattern> regions, String segment) {
        return regions.stream().anyMatch(region -> region.segments().contains(segment));
    }

    /** Says what holds where, each method by name; {@code HEAD} first where it does not follow {@code GET}. */
    private <V> void say(java.util.function.Function<Fate, V> part, BiConsumer<Endpoint, V> into) {
        Map<PathPattern, Map<String, V>> all = new LinkedHashMap<>();
        fates.forEach((region, byMethod) -> {
            Map<String, V> values = new LinkedHashMap<>();
            byMethod.forEach((method, fate) -> values.put(method, part.apply(fate)));
            all.put(region, values);
        });
        List<PathPattern> needed = RulePlan.needed(
                List.copyOf(all.keySet()), (one, other) -> Objects.equals(all.get(one), all.get(other)));
        V nothing = part.apply(Fate.REFUSED);
        for (PathPattern region : needed) {
            Map<String, V> values = Objects.requireNonNull(all.get(region));
            boolean widest = needed.stream().noneMatch(other -> !other.equals(region) && other.covers(region));
            Map<V, List<String>> methods = new LinkedHashMap<>();
            values.forEach((method, value) ->
                    methods.computeIfAbsent(value, v -> new ArrayList<>()).add(method));
            boolean apart = !Objects.equals(values.get("HEAD"), values.get("GET"));
            if (apart) {
                into.accept(new Endpoint(List.of("HEAD"), region), Objects.requireNonNull(values.get("HEAD")));
            }
            methods.forEach((value, names) -> {
                List<String> rest = apart
                        ? names.stream().filter(name -> !name.equals("HEAD")).toList()
                        : names;
                if (!rest.isEmpty() && !(widest && value.equals(nothing))) {
                    into.accept(new Endpoint(rest, region), value);
                }
            });
        }
    }
}
