package dev.lintel.mesh.steps;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where two states cannot be joined without a moment that is worse than both for some requests; none is let through then. */
final class Gaps {
    private static final String CODE = "steps.gap";

    private Gaps() {}

    static List<Problem> of(Collection<Passage> passages, Meanwhile meanwhile) {
        List<Problem> gaps = new ArrayList<>();
        meanwhile
                .shut()
                .forEach(policy -> gaps.add(gap(
                        policy,
                        "are refused for a moment: what the old and the new rules let through is too much for one policy",
                        "change fewer rules at once")));
        meanwhile
                .overlapping()
                .forEach(policy -> gaps.add(gap(
                        policy,
                        "are refused for a moment: it selects workloads by other labels than a policy that goes or comes,"
                                + " and some may have those of both",
                        "change the labels and the access one after the other")));
        ContestedHosts.of(passages)
                .hosts()
                .forEach((host, route) -> gaps.add(gap(
                        route,
                        "are refused for a moment: it takes '" + host.substring(host.indexOf(' ') + 1)
                                + "' over from another route, and nobody says which of two is asked",
                        "apply it when few call")));
        Crowd.of(passages).stream()
                .filter(crowd -> crowd.stream().anyMatch(each -> each.before() != null)
                        && crowd.stream().anyMatch(each -> each.after() != null))
                .forEach(crowd -> gaps.add(gap(
                        crowd.iterator().next().any(),
                        "are refused for a moment: several routes of one host change, and what is narrow in one must not"
                                + " fall to what is wide in another",
                        "apply it when few call, or change one API of the host at once")));
        passages.stream()
                .filter(each -> each.isChanged() && each.any().kind().equals(RulePolicies.KIND))
                .filter(each -> RulePolicies.isMoved(each, passages))
                .limit(1)
                .forEach(each -> gaps.add(gap(
                        each.any(),
                        "are refused for a moment, and some may be let through: policies name rules of a route, and both change",
                        "change the routes and the access one after the other")));
        for (Passage passage : passages) {
            if (passage.isChanged() && !passage.sides().isEmpty()) {
                relabelled(passage, gaps);
                rewritten(passage, passages, gaps);
                split(passage, passages, gaps);
            }
        }
        return gaps;
    }

    /** A version has one name in routes, and so it has one set of workloads at a time. */
    private static void relabelled(Passage passage, List<Problem> gaps) {
        if (passage.sides().size() < 2 || !passage.any().kind().equals("DestinationRule")) {
            return;
        }
        Map<Object, Object> before = subsets(passage.sides().get(0));
        Map<Object, Object> after = subsets(passage.sides().get(1));
        after.forEach((name, labels) -> {
            if (before.containsKey(name) && !Objects.equals(before.get(name), labels)) {
                gaps.add(gap(
                        passage.any(),
                        "are led to other workloads than before while routes change: version '" + name
                                + "' has other labels",
                        "give the version another name"));
            }
        });
    }

    private static Map<Object, Object> subsets(Manifest rule) {
        Map<Object, Object> subsets = new LinkedHashMap<>();
        SpecTree.maps(rule.spec(), "subsets")
                .forEach(each ->
                        subsets.put(String.valueOf(each.get("name")), Objects.toString(each.get("labels"), "")));
        return subsets;
    }

    /** A policy sees paths behind the rewrites, and each of the two only those of one side. */
    private static void rewritten(Passage route, Collection<Passage> passages, List<Problem> gaps) {
        if (route.role() != Role.LEADS
                || route.sides().size() < 2
                || rewrites(route.sides().get(0)).equals(rewrites(route.sides().get(1)))) {
            return;
        }
        boolean asked = passages.stream()
                .anyMatch(other -> other.any().kind().equals("AuthorizationPolicy")
                        && Nearness.isNear(route.any(), other.any())
                        && other.isChanged());
        if (asked) {
            gaps.add(gap(
                    route.any(),
                    "are refused for a moment: paths are rewritten otherwise, and the policies behind see them so",
                    "change the rewrites and the access one after the other"));
        }
    }

    /** The paths of a route and what they are rewritten to. */
    private static Set<Object> rewrites(Manifest route) {
        Set<Object> rewrites = new LinkedHashSet<>();
        for (Map<String, Object> http : SpecTree.maps(route.spec(), "http")) {
            if (http.containsKey("rewrite")) {
                List<Object> paths = new ArrayList<>();
                SpecTree.maps(http, "match").forEach(match -> paths.add(SpecTree.map(match, "uri")));
                rewrites.add(List.of(paths, SpecTree.map(http, "rewrite")));
            }
        }
        for (Map<String, Object> rule : SpecTree.maps(route.spec(), "rules")) {
            for (Map<String, Object> filter : SpecTree.maps(rule, "filters")) {
                if (filter.containsKey("urlRewrite")) {
                    List<Object> paths = new ArrayList<>();
                    SpecTree.maps(rule, "matches").forEach(match -> paths.add(SpecTree.map(match, "path")));
                    rewrites.add(List.of(paths, filter));
                }
            }
        }
        return rewrites;
    }

    /** Routes name the split, which is an object of its own. */
    private static void split(Passage passage, Collection<Passage> passages, List<Problem> gaps) {
        Manifest split = passage.any();
        if (passage.sides().size() < 2
                || !split.kind().equals("VirtualService")
                || split.spec().containsKey("hosts")) {
            return;
        }
        boolean named = passages.stream()
                .anyMatch(other -> other.any().kind().equals("VirtualService")
                        && Nearness.isNear(split, other.any())
                        && other.any().spec().containsKey("hosts")
                        && other.isChanged());
        if (named) {
            gaps.add(gap(
                    split,
                    "are led by the new shares of old routes, or the old shares of new ones, for a moment",
                    "change the split and the routes one after the other"));
        }
    }

    private static Problem gap(Manifest manifest, String why, String hint) {
        return new Problem(
                CODE,
                manifest.id(),
                "some requests that both the old and the new state let through " + why,
                hint,
                Origin.unknown());
    }
}
