package dev.lintel.core.engine;

import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.CallerRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds caller rules whose order would surprise: a path that is open to every caller for some methods only because the
 * narrower rule does not name them, and overlaps in which neither rule is the narrower one and the one that wins lets
 * somebody in whom the other keeps out. Methods that a narrower rule does not name fall to the next rule; where that one
 * names callers as well, nothing is reopened.
 */
final class CallerConflicts {
    /** Stands for every method that no rule names; no method can be called so. */
    private static final String OTHER = "";

    private final String id;
    private final List<CallerRule> ordered;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Object> reported = new HashSet<>();

    /** Looks at rules in the order in which they are asked. */
    CallerConflicts(String id, List<CallerRule> ordered) {
        this.id = id;
        this.ordered = ordered;
    }

    List<Problem> problems() {
        if (ordered.stream().allMatch(CallerRule::everybody)) {
            return List.of();
        }
        List<PathPattern> regions;
        try {
            regions = new ArrayList<>(Regions.of(
                    ordered.stream().map(rule -> rule.endpoint().path()).toList()));
        } catch (IllegalArgumentException e) {
            CallerRule first = ordered.get(0);
            return List.of(new Problem(
                    "callers.overlap",
                    id,
                    "has caller rules whose " + e.getMessage(),
                    "use fewer paths with braces",
                    first.origin()));
        }
        Set<String> methods = new LinkedHashSet<>();
        ordered.forEach(rule -> methods.addAll(rule.endpoint().methods()));
        methods.add(OTHER);
        Collections.reverse(regions);
        for (PathPattern region : regions) {
            List<CallerRule> here = ordered.stream()
                    .filter(rule -> rule.endpoint().path().covers(region))
                    .toList();
            methods.forEach(method -> look(region, method, here));
        }
        return problems;
    }

    private void look(PathPattern region, String method, List<CallerRule> here) {
        List<CallerRule> asked = here.stream()
                .filter(rule ->
                        rule.endpoint().methods().isEmpty() || rule.endpoint().allows(method))
                .toList();
        CallerRule wins = asked.isEmpty() ? null : asked.get(0);
        PathPattern narrowest = here.get(0).endpoint().path();
        boolean open =
                wins == null || wins.everybody() && !wins.endpoint().path().sameAs(narrowest);
        if (open) {
            here.stream()
                    .filter(rule -> rule.endpoint().path().sameAs(narrowest) && !rule.everybody())
                    .findFirst()
                    .ifPresent(rule -> fallThrough(region, rule, wins));
        }
        for (int i = 1; wins != null && i < asked.size(); i++) {
            CallerRule loses = asked.get(i);
            if (!loses.endpoint().path().covers(wins.endpoint().path()) && !keepsOut(wins, loses)) {
                overlap(region, wins, loses);
            }
        }
    }

    /** Whether whoever the first lets in the second lets in as well. */
    private static boolean keepsOut(CallerRule first, CallerRule second) {
        if (second.everybody()) {
            return true;
        }
        return !first.everybody()
                && (second.entering() || !first.entering())
                && first.anyOf().stream().allMatch(peer -> covers(second.anyOf(), peer));
    }

    private static boolean covers(List<Peer> peers, Peer peer) {
        return peers.stream().anyMatch(one -> one.covers(peer));
    }

    private void fallThrough(PathPattern region, CallerRule narrow, @Nullable CallerRule next) {
        if (!reported.add(narrow.endpoint())) {
            return;
        }
        String named = String.join(", ", narrow.endpoint().methods());
        problems.add(new Problem(
                "callers.fallthrough",
                id,
                "'" + narrow.endpoint() + "' (" + narrow.describe() + ") names only " + named + ", so at '" + region
                        + "' every other method would "
                        + (next == null
                                ? "be open to every caller"
                                : "fall to '" + next.endpoint() + "' (every caller)"),
                "say who may call '" + narrow.endpoint().path() + "' with other methods: onlyFrom(everyCaller().at(\""
                        + narrow.endpoint().path() + "\")) leaves them open",
                narrow.origin()));
    }

    private void overlap(PathPattern region, CallerRule wins, CallerRule loses) {
        if (!reported.add(List.of(wins.endpoint(), loses.endpoint()))) {
            return;
        }
        problems.add(new Problem(
                "callers.overlap",
                id,
                "'" + wins.endpoint() + "' (" + wins.describe() + ") and '" + loses.endpoint() + "' ("
                        + loses.describe() + ")" + loses.origin().after(" at ") + " overlap at '" + region
                        + "', where the first would win and let in whom the second keeps out",
                "say who may call '" + region + "' itself",
                wins.origin()));
    }
}
