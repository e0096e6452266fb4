package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.mesh.istio.ForeignClause.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the policies of one place, the gateway or a workload, let through of the requests that enter: the union of what
 * ALLOW says, everything if nothing does, without what DENY says and what an authorizer is asked about that nobody knows
 * here. What cannot be said stays closed, and is a problem.
 */
final class ForeignLayer {
    private static final String CLAIM = "request.auth.claims[";
    private static final String UNREAD = "";

    private final @Nullable String principal;
    private final String api;
    private final List<String> hosts;
    private final List<ForeignClause> allowed = new ArrayList<>();
    private final List<Fields> denying = new ArrayList<>();
    /** What an authorizer decides that nobody knows here, with its name. */
    private final Map<Fields, String> asking = new LinkedHashMap<>();

    private boolean allows;

    /**
     * A place without policies.
     *
     * @param principal the identity of the gateway, as the workload sees it; null where the gateway itself is asked
     * @param api as problems name it
     * @param hosts of the API, at which requests enter
     */
    ForeignLayer(@Nullable String principal, String api, List<String> hosts) {
        this.principal = principal;
        this.api = api;
        this.hosts = hosts;
    }

    /** What one condition of a rule says: it may be about other requests, it asks for a token, or for its absence. */
    private record When(
            boolean applies,
            boolean known,
            List<Need> needs,
            @Nullable Need missing) {}

    void policy(Fields spec) {
        String action = spec.has("action") ? String.valueOf(spec.text("action")) : "ALLOW";
        List<Fields> rules = spec.maps("rules");
        String provider = String.valueOf(spec.map("provider").text("name"));
        switch (action) {
            case "ALLOW" -> {
                allows = true;
                rules.forEach(rule -> tellBare(rule, "is left out"));
                rules.stream().filter(rule -> bare(rule).isEmpty()).forEach(this::allow);
            }
            case "DENY" -> {
                rules.forEach(rule -> tellBare(rule, "denies from anybody to everything there"));
                denying.addAll(rules);
            }
            case "AUDIT" -> {}
            case "CUSTOM" -> rules.forEach(rule -> asking.put(rule, provider));
            default -> unknown(action, rules, spec);
        }
        spec.end();
    }

    /** No mesh takes such a policy, so that nobody knows what was meant; what it may have closed is closed. */
    private void unknown(String action, List<Fields> rules, Fields spec) {
        String near = PolicyActions.near(action);
        boolean denies = near.equals("DENY");
        spec.problem("action '" + action + "' is none of " + String.join(", ", PolicyActions.ALL)
                + (near.isEmpty() ? "" : ", did you mean " + near + "?") + "; "
                + (denies ? "what its rules meet" : "all that gets to what it selects") + " is read as denied");
        denying.addAll(denies ? rules : List.of(new Fields("", "", Map.of(), new ArrayList<>())));
    }

    /** The lists that a mesh refuses without entries, and that have none: what such a rule was meant for is not known. */
    private static List<String> bare(Fields rule) {
        return Stream.of("from", "to").filter(rule::isBare).toList();
    }

    private static void tellBare(Fields rule, String then) {
        bare(rule).forEach(name -> rule.problem(name + " has no entries, which a mesh refuses; the rule " + then));
    }

    /** Everything that is let through; must be asked after all policies were read. */
    List<ForeignClause> clauses() {
        List<ForeignClause> clauses = allows ? new ArrayList<>(allowed) : new ArrayList<>(List.of(ForeignClause.ALL));
        for (Map.Entry<Fields, String> each : asking.entrySet()) {
            List<ForeignClause> left = deny(clauses, each.getKey());
            if (!left.equals(clauses)) {
                each.getKey()
                        .authorizer("of API " + api + " asks the provider '" + each.getValue()
                                + "', which is in none of the objects: what it is asked about is closed until"
                                + " withAuthorizer(...) is said");
            }
            clauses = left;
        }
        for (Fields rule : denying) {
            clauses = deny(clauses, rule);
        }
        return clauses;
    }

    private void allow(Fields rule) {
        List<ForeignSource> sources = sources(rule);
        List<ForeignClause> areas = areas(rule, false);
        List<When> conditions = conditions(rule);
        rule.end();
        for (ForeignSource source : sources) {
            boolean applies = source.applies() && conditions.stream().allMatch(When::applies);
            boolean known = source.known() && conditions.stream().allMatch(When::known);
            if (applies
                    && (!source.without().isEmpty() || conditions.stream().anyMatch(when -> when.missing() != null))) {
                rule.problem("lets through who brings no such token, which cannot be said; the rule is left out");
                continue;
            }
            if (!applies || !known) {
                continue;
            }
            List<Need> needs = new ArrayList<>();
            if (source.tokens().isEmpty()) {
                needs.add(null);
            }
            source.tokens().forEach(token -> needs.add(Need.of(token)));
            for (ForeignClause area : areas) {
                ask(area, needs, conditions);
            }
        }
    }

    /** One clause for each way to meet the conditions. */
    private void ask(ForeignClause area, List<Need> ways, List<When> conditions) {
        List<ForeignClause> asked = new ArrayList<>();
        ways.forEach(way -> asked.add(area.asking(way)));
        for (When when : conditions) {
            List<ForeignClause> more = new ArrayList<>();
            for (ForeignClause one : asked) {
                when.needs().forEach(need -> more.add(one.asking(need)));
                if (when.needs().isEmpty()) {
                    more.add(one);
                }
            }
            asked.clear();
            asked.addAll(more);
        }
        allowed.addAll(asked);
    }

    private List<ForeignClause> deny(List<ForeignClause> clauses, Fields rule) {
        List<ForeignSource> sources = sources(rule);
        List<ForeignClause> areas = areas(rule, true);
        List<When> conditions = conditions(rule);
        rule.end();
        List<ForeignClause> left = clauses;
        for (ForeignSource source : sources) {
            if (!source.applies() || !conditions.stream().allMatch(When::applies)) {
                continue;
            }
            List<Need> missing = new ArrayList<>();
            source.without().forEach(token -> missing.add(Need.of(token)));
            conditions.stream().filter(when -> when.missing() != null).forEach(when -> missing.add(when.missing()));
            boolean asks = !source.tokens().isEmpty()
                    || conditions.stream().anyMatch(when -> !when.needs().isEmpty());
            boolean known = source.known() && conditions.stream().allMatch(When::known);
            if (asks || missing.size() > 1 || !known) {
                rule.problem("denies more narrowly than can be said; all of it is read as denied");
            }
            Need inside = !asks && known && missing.size() == 1 ? missing.get(0) : null;
            for (ForeignClause area : areas) {
                List<ForeignClause> next = new ArrayList<>();
                left.forEach(clause -> next.addAll(clause.except(area, inside)));
                left = next;
            }
        }
        return left;
    }

    private List<ForeignSource> sources(Fields rule) {
        List<ForeignSource> sources = new ArrayList<>();
        for (Fields from : rule.maps("from")) {
            sources.add(ForeignSource.read(from.map("source"), principal));
            from.end();
        }
        return sources.isEmpty() ? List.of(ForeignSource.ANYBODY) : sources;
    }

    private List<ForeignClause> areas(Fields rule, boolean denying) {
        List<ForeignClause> areas = new ArrayList<>();
        boolean everywhere = !rule.has("to");
        List<Fields> operations = rule.maps("to");
        if (everywhere) {
            return List.of(ForeignClause.ALL);
        }
        for (Fields to : operations) {
            ForeignClause area = area(to.map("operation"), denying);
            to.end();
            if (area != null) {
                areas.add(area);
            }
        }
        return areas;
    }

    /** Null for an operation that is about other requests, or is not understood and lets requests through. */
    private @Nullable ForeignClause area(Fields operation, boolean denying) {
        operation.skipBare();
        boolean here = hosts(operation, "hosts", true) && hosts(operation, "notHosts", false);
        boolean understood = true;
        for (String name : List.of("ports", "notPorts")) {
            if (operation.has(name)) {
                operation.problem(name + " are not read");
                operation.skip(name);
                understood = false;
            }
        }
        Set<String> methods = methods(operation, "methods");
        boolean sparesMethods = operation.has("notMethods");
        Set<String> notMethods = methods(operation, "notMethods");
        MethodSet named = methods.isEmpty() ? MethodSet.ALL : new MethodSet(false, new TreeSet<>(methods));
        boolean sparesPaths = !operation.copy().texts("notPaths").isEmpty();
        List<String> paths = paths(operation, "paths");
        List<String> notPaths = paths(operation, "notPaths");
        understood &= !paths.contains(UNREAD) && !notPaths.contains(UNREAD);
        // What is not understood opens nothing, and denies all.
        paths = paths.contains(UNREAD) ? List.of() : paths;
        notPaths = notPaths.contains(UNREAD) ? List.of() : notPaths;
        if (sparesMethods && notMethods.isEmpty() || sparesPaths && notPaths.isEmpty() && understood) {
            return null;
        }
        operation.end();
        MethodSet left = named.minus(new MethodSet(false, new TreeSet<>(notMethods)));
        return here && (understood || denying) ? new ForeignClause(paths, notPaths, left, null) : null;
    }

    private boolean hosts(Fields operation, String name, boolean meant) {
        if (!operation.has(name)) {
            return true;
        }
        List<String> patterns = operation.texts(name);
        long found = hosts.stream()
                .filter(host -> patterns.stream().anyMatch(pattern -> ForeignHosts.covers(pattern, host)))
                .count();
        if (found != 0 && found != hosts.size()) {
            operation.problem(name + " are some of the hosts of one API: " + patterns);
        }
        // An empty list is as if it were not there.
        return patterns.isEmpty() || (found > 0) == meant;
    }

    private static Set<String> methods(Fields operation, String name) {
        Set<String> methods = new LinkedHashSet<>();
        for (String method : operation.texts(name)) {
            if (method.equals("*")) {
                return Set.of();
            }
            if (!method.matches("[A-Z]{1,20}")) {
                operation.problem(name + " has no method: " + method);
            }
            methods.add(method);
        }
        return methods;
    }

    private static List<String> paths(Fields operation, String name) {
        List<String> paths = new ArrayList<>();
        for (String path : operation.texts(name)) {
            boolean prefix = path.endsWith("*") && !path.endsWith("/*") && path.indexOf('{') < 0;
            String node = prefix ? path.substring(0, path.length() - 1) : path;
            if (path.equals("*")) {
                return List.of();
            }
            if (prefix && PathExpression.exact(node).isPresent()) {
                operation.problem(name + " '" + path + "' also takes paths like '" + node
                        + "x', of which the model says nothing: it is read as the node and what is below");
                paths.addAll(List.of(node, node + "/*"));
            } else if (PathExpression.policy(path).isPresent()) {
                paths.add(path);
            } else {
                operation.problem(
                        name + " '" + path + "' cannot be said by whole segments; what it opens is read as closed");
                paths.add(UNREAD);
            }
        }
        return paths;
    }

    private List<When> conditions(Fields rule) {
        List<When> conditions = new ArrayList<>();
        for (Fields when : rule.maps("when")) {
            String key = String.valueOf(when.text("key"));
            List<String> values = when.texts("values");
            List<String> not = when.texts("notValues");
            when.end();
            conditions.add(condition(when, key, values, not));
        }
        return conditions;
    }

    private When condition(Fields when, String key, List<String> values, List<String> not) {
        boolean several = !values.isEmpty() && !not.isEmpty();
        if (values.isEmpty() && not.isEmpty()) {
            when.problem("is no condition that can be said here: " + key + " without values");
            return new When(true, false, List.of(), null);
        }
        if (key.equals("source.principal") || key.equals("source.namespace")) {
            String namespace = principal == null ? "" : principal.split("/", -1)[2];
            String value = key.endsWith("namespace") ? namespace : principal == null ? "" : principal;
            boolean meant = values.isEmpty() || values.stream().anyMatch(one -> ForeignSource.matches(one, value));
            return new When(
                    meant && not.stream().noneMatch(one -> ForeignSource.matches(one, value)), true, List.of(), null);
        }
        boolean claim = key.startsWith(CLAIM) && key.indexOf(']') == key.length() - 1;
        boolean audience = key.equals("request.auth.audiences");
        List<String> all = values.isEmpty() ? not : values;
        boolean wild = all.stream().anyMatch(value -> value.startsWith("*") || value.endsWith("*"));
        if (key.equals("request.auth.principal") && !several) {
            List<Need> needs = all.stream().map(Need::of).toList();
            return values.isEmpty()
                    ? new When(true, needs.size() == 1, List.of(), needs.get(0))
                    : new When(true, true, needs, null);
        }
        if (several || wild || !claim && !audience) {
            when.problem("is no condition that can be said here: " + key + " " + all);
            return new When(true, false, List.of(), null);
        }
        String name = audience ? CLAIM + "aud]" : key;
        if (values.isEmpty()) {
            return new When(true, true, List.of(), Need.claim(name, not));
        }
        boolean scope = name.equals(CLAIM + "scope]");
        List<Need> needs = scope
                ? values.stream().map(value -> Need.claim(name, List.of(value))).toList()
                : List.of(Need.claim(name, values));
        return new When(true, true, needs, null);
    }

    /** What a clause asks of the token, as {@code when} and {@code requestPrincipals} say it. */
    static Map<String, Object> rule(ForeignClause clause, String principal, List<String> issuers, Fields place) {
        List<Map<String, Object>> when = new ArrayList<>();
        Set<String> tokens = new LinkedHashSet<>();
        Need need = clause.need();
        if (need != null) {
            when.addAll(need.claims());
            List<String> patterns =
                    issuers.stream().map(issuer -> issuer + "/*").toList();
            tokens.addAll(patterns);
            for (String pattern : need.principals()) {
                if (!pattern.equals("*")) {
                    tokens.retainAll(meant(pattern, issuers, when, place));
                }
            }
        }
        Map<String, Object> operation = map(
                "paths",
                clause.paths(),
                "notPaths",
                clause.notPaths(),
                "methods",
                clause.methods().allBut() ? List.of() : clause.methods().list(),
                "notMethods",
                clause.methods().allBut() ? clause.methods().list() : List.of());
        return map(
                "from",
                List.of(map("source", map("principals", List.of(principal), "requestPrincipals", List.copyOf(tokens)))),
                "to",
                operation.isEmpty() ? null : List.of(map("operation", operation)),
                "when",
                when);
    }

    /** The issuers that a pattern means; that a subject is meant becomes a condition on the claim. */
    private static List<String> meant(
            String pattern, List<String> issuers, List<Map<String, Object>> when, Fields place) {
        for (String issuer : issuers) {
            String subject = pattern.startsWith(issuer + "/") ? pattern.substring(issuer.length() + 1) : "";
            if (subject.equals("*")) {
                return List.of(issuer + "/*");
            }
            if (!subject.isEmpty() && subject.indexOf('*') < 0) {
                when.add(map("key", CLAIM + "sub]", "values", List.of(subject)));
                return List.of(issuer + "/*");
            }
        }
        place.problem("requestPrincipals '" + pattern + "' are none of the issuers " + issuers
                + " with all or one of their subjects; nobody is let through by it");
        return List.of();
    }
}
