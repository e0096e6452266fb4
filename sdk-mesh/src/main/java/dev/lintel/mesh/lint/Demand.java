package dev.lintel.mesh.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way through one rule: what it asks of whom, at which requests.
 *
 * @param kinds what must be shown: a token, a claim, an identity, a header
 */
record Demand(Part rule, Part source, Part operation, Set<String> kinds) {
    private static final Part NONE = new Part(null, "");
    private static final List<String> WHO =
            List.of("principals", "namespaces", "serviceAccounts", "trustDomains", "ipBlocks", "remoteIpBlocks");

    /** Sources and operations of one rule are alternatives. */
    static List<Demand> of(Part rule) {
        List<Part> sources = Policies.sources(rule);
        List<Part> operations = Policies.operations(rule);
        List<Demand> demands = new ArrayList<>();
        for (Part source : sources.isEmpty() ? List.of(NONE) : sources) {
            for (Part operation : operations.isEmpty() ? List.of(NONE) : operations) {
                demands.add(new Demand(rule, source, operation, kinds(rule, source)));
            }
        }
        return demands;
    }

    /** What is merely not to be shown counts for nothing. */
    private static Set<String> kinds(Part rule, Part source) {
        Set<String> kinds = new TreeSet<>();
        if (source.get("requestPrincipals").isThere()) {
            kinds.add("a token");
        }
        if (WHO.stream().anyMatch(field -> source.get(field).isThere())) {
            kinds.add("a caller");
        }
        for (Part when : rule.get("when").items()) {
            String key = when.get("key").text();
            if (!when.get("values").isThere()) {
                continue;
            }
            if (key.startsWith("request.auth.")) {
                kinds.add("a token");
            }
            kinds.add(key.startsWith("source.") || key.startsWith("remote.") ? "a caller" : key);
        }
        return kinds;
    }

    /** Whether it lets requests through of which the other one asks more. */
    boolean reopens(Demand other) {
        return other.kinds.containsAll(kinds)
                && other.kinds.size() > kinds.size()
                && WHO.stream().allMatch(field -> mayBothHold(source, other.source, field))
                && List.of("methods", "hosts", "ports").stream()
                        .allMatch(field -> mayBothHold(operation, other.operation, field))
                && whenMayBothHold(other)
                && pathsMeet(other);
    }

    private static boolean mayBothHold(Part one, Part other, String field) {
        List<String> a = one.get(field).texts();
        List<String> b = other.get(field).texts();
        if (!a.isEmpty() && !b.isEmpty() && a.stream().noneMatch(x -> b.stream().anyMatch(y -> meet(x, y)))) {
            return false;
        }
        return !isExcluded(a, other.get(Policies.not(field)).texts())
                && !isExcluded(b, one.get(Policies.not(field)).texts());
    }

    private static boolean isExcluded(List<String> values, List<String> not) {
        return !values.isEmpty()
                && values.stream().allMatch(each -> not.stream().anyMatch(x -> Paths.covers(x, each)));
    }

    private static boolean meet(String one, String other) {
        return Paths.covers(one, other) || Paths.covers(other, one);
    }

    private boolean whenMayBothHold(Demand other) {
        for (Part mine : rule.get("when").items()) {
            for (Part its : other.rule.get("when").items()) {
                List<String> a = mine.get("values").texts();
                List<String> b = its.get("values").texts();
                boolean same = mine.get("key").text().equals(its.get("key").text());
                if (same && !a.isEmpty() && !b.isEmpty() && a.stream().noneMatch(b::contains)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean pathsMeet(Demand other) {
        for (String mine : paths(operation)) {
            for (String its : paths(other.operation)) {
                String narrow = Paths.covers(mine, its) ? its : Paths.covers(its, mine) ? mine : "";
                if (!narrow.isEmpty() && !isNot(operation, narrow) && !isNot(other.operation, narrow)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNot(Part operation, String path) {
        return operation.get("notPaths").texts().stream().anyMatch(not -> Paths.covers(not, path));
    }

    private static List<String> paths(Part operation) {
        List<String> paths = operation.get("paths").texts();
        return paths.isEmpty() ? List.of("*") : paths;
    }
}
