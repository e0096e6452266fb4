package dev.lintel.auth;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.spi.ApiDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds rules whose order would surprise: two for the same requests, a path that is open for some methods only because a
 * narrower rule does not name them, and overlaps in which neither rule is the narrower one.
 */
final class RuleConflicts {
    private final List<AccessRule> said;
    private final List<AccessRule> ordered;
    private final ApiDraft draft;
    private final Set<List<AccessRule>> reported = new HashSet<>();

    RuleConflicts(List<AccessRule> rules, ApiDraft draft) {
        this.said = rules;
        this.draft = draft;
        this.ordered = new ArrayList<>(rules);
        ordered.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
    }

    void report() {
        twice();
        List<PathPattern> regions;
        try {
            regions = new ArrayList<>(
                    Regions.of(said.stream().map(rule -> rule.endpoint().path()).toList()));
        } catch (IllegalArgumentException e) {
            draft.problem("oauth2.overlap", "has rules whose " + e.getMessage(), "use fewer paths with braces");
            return;
        }
        Collections.reverse(regions);
        for (PathPattern region : regions) {
            List<AccessRule> here = ordered.stream()
                    .filter(rule -> rule.endpoint().path().covers(region))
                    .toList();
            fallThrough(region, here);
            overlaps(region, here);
        }
    }

    /** Two rules for one path, of which only the first said would ever be asked. */
    private void twice() {
        for (int i = 0; i < said.size(); i++) {
            for (int j = 0; j < i; j++) {
                Endpoint later = said.get(i).endpoint();
                Endpoint first = said.get(j).endpoint();
                if (later.rivals(first)) {
                    draft.problem(
                            "oauth2.twice",
                            Rule.words(said.get(j)) + " and " + Rule.words(said.get(i))
                                    + " speak about the same requests"
                                    + said.get(j).origin().after("; the first is at "),
                            "say what is asked there once");
                }
            }
        }
    }

    /** Methods that the narrowest rules do not name fall to the next rule; that must not open or close a path silently. */
    private void fallThrough(PathPattern region, List<AccessRule> here) {
        PathPattern narrowest = here.get(0).endpoint().path();
        for (int i = 0; i < here.size() && !Methods.before(here, i).isAll(); i++) {
            AccessRule next = here.get(i);
            Methods falling = Methods.before(here, i).left(next.endpoint());
            if (next.endpoint().path().sameAs(narrowest) || falling.isEmpty()) {
                continue;
            }
            here.stream()
                    .filter(rule -> rule.endpoint().path().sameAs(narrowest))
                    .filter(rule -> Requirements.isPublic(rule) != Requirements.isPublic(next))
                    .findFirst()
                    .ifPresent(rule -> fallThrough(region, rule, next, falling));
        }
    }

    private void fallThrough(PathPattern region, AccessRule narrow, AccessRule next, Methods falling) {
        if (!reported.add(List.of(narrow, next))) {
            return;
        }
        boolean open = Requirements.isPublic(narrow);
        String named = String.join(", ", narrow.endpoint().methods());
        String hint = region.sameAs(narrow.endpoint().path())
                ? "say it: " + Requirements.verb(next, falling.at(region)) + " keeps it so, "
                        + Requirements.verb(narrow, new Endpoint(List.of(), region)) + " asks the same of every method"
                : "say what is asked at '" + region + "' for each method";
        draft.problem(
                "oauth2.fallthrough",
                Rule.words(narrow) + " names only " + named + ", so at '" + region + "' " + falling + " would fall to "
                        + Rule.words(next) + ", which makes the path " + (open ? "public" : "protected") + " for "
                        + named + " and " + (open ? "protected" : "public") + " for " + falling,
                hint);
    }

    /** Where neither of two rules is the narrower one, the one that wins must not ask for less. */
    private void overlaps(PathPattern region, List<AccessRule> here) {
        for (int i = 0; i < here.size() && !Methods.before(here, i).isAll(); i++) {
            AccessRule wins = here.get(i);
            Methods decided = Methods.before(here, i).left(wins.endpoint());
            for (AccessRule loses : here.subList(i + 1, here.size())) {
                if (!loses.endpoint().path().covers(wins.endpoint().path())
                        && decided.meets(loses.endpoint())
                        && !Requirements.implies(wins.requirement(), loses.requirement())
                        && reported.add(List.of(wins, loses))) {
                    draft.problem(
                            "oauth2.overlap",
                            Rule.words(wins) + " and " + Rule.words(loses) + " overlap at '" + region
                                    + "', where the first would win and not ask for what the second asks for",
                            "say what is asked at '" + region + "' itself, for example "
                                    + Requirements.verb(
                                            loses, new Endpoint(loses.endpoint().methods(), region)));
                }
            }
        }
    }
}
