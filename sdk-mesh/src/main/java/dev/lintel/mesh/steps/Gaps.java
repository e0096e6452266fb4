package dev.lintel.mesh.steps;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Where two states cannot be joined without a moment that is worse than both for some requests; none is let through then. */
final class Gaps {
    private static final String CODE = "steps.gap";

    private final Collection<Passage> passages;
    private final GapNames names;
    private final List<Gap> gaps = new ArrayList<>();

    private Gaps(Collection<Passage> passages) {
        this.passages = passages;
        this.names = new GapNames(passages);
    }

    static List<Gap> of(Reselected reselected, Meanwhile meanwhile, Withdrawn withdrawn) {
        Collection<Passage> passages = reselected.passages().values();
        Gaps all = new Gaps(passages);
        reselected
                .passages()
                .forEach((key, each) -> all.elsewhere(each, withdrawn.keys().contains(key), withdrawn));
        all.policies(meanwhile);
        all.asking(reselected.asking());
        all.hosts();
        for (Passage passage : passages) {
            if (passage.isChanged()) {
                all.relabelled(passage);
                all.rewritten(passage);
                all.split(passage);
                all.moved(passage);
                all.travelled(passage);
            }
        }
        return all.gaps;
    }

    private void policies(Meanwhile meanwhile) {
        meanwhile
                .shut()
                .forEach(policy -> refused(
                        policy,
                        names.of(policy),
                        "what the old and the new rules let through is too much for one policy",
                        "change fewer rules at once"));
        meanwhile
                .overlapping()
                .forEach(policy -> refused(
                        policy,
                        names.of(policy),
                        "it selects workloads by other labels than a policy that goes or comes,"
                                + " and some may have those of both",
                        "change the labels and the access one after the other"));
        meanwhile
                .fewer()
                .forEach((host, whose) -> refused(
                        host,
                        whose,
                        "ports and callers of the host change, and what both states let out by it is less",
                        "change the ports and the callers one after the other"));
        Set<Set<String>> told = new LinkedHashSet<>();
        for (Passage each : passages) {
            if (RulePolicies.isGap(each, passages) && told.add(names.of(each.any()))) {
                refused(
                        each.any(),
                        names.of(each.any()),
                        "policies name rules of a route, and both change",
                        "change the routes and the access one after the other");
            }
        }
    }

    /** An istiod that lets a gateway ask one alone refuses whatever any of them is asked about, also for other APIs. */
    private void asking(List<Manifest> policies) {
        for (Manifest policy : policies) {
            Set<String> whose = new TreeSet<>();
            passages.stream()
                    .flatMap(each -> each.sides().stream())
                    .filter(each -> each.spec().containsKey("provider") && Reached.isForSame(each, policy))
                    .forEach(each -> whose.addAll(asked(each)));
            refused(
                    policy,
                    whose,
                    "the old and the new external authorizer are both asked, which istiod refuses unless it is told to allow"
                            + " several",
                    "set PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS=true for istiod, or change the authorizer and the"
                            + " routes one after the other");
        }
    }

    /** The hosts that a policy asks about, without those with a port. */
    private static Set<String> asked(Manifest policy) {
        Set<String> hosts = new TreeSet<>();
        for (Map<String, Object> rule : SpecTree.maps(policy.spec(), "rules")) {
            for (Map<String, Object> to : SpecTree.maps(rule, "to")) {
                hosts.addAll(SpecTree.texts(SpecTree.map(to, "operation"), "hosts"));
            }
        }
        hosts.removeIf(host -> host.endsWith(":*"));
        return hosts;
    }

    private void hosts() {
        ContestedHosts.of(passages).hosts().forEach((host, route) -> {
            String name = host.substring(host.indexOf(' ') + 1);
            refused(
                    route,
                    Set.of(name),
                    "it takes '" + name + "' over from another route, and nobody says which of two is asked",
                    "apply it when few call");
        });
        for (Set<Passage> crowd : Crowd.of(passages)) {
            if (crowd.stream().anyMatch(each -> each.before() != null)
                    && crowd.stream().anyMatch(each -> each.after() != null)) {
                refused(
                        crowd.iterator().next().any(),
                        GapNames.hosts(crowd),
                        "several routes of one host change, and what is narrow in one must not fall to what is wide in another",
                        "apply it when few call, or change one API of the host at once");
            }
        }
    }

    /** Whatever is said of a service elsewhere is said by several objects. */
    private void elsewhere(Passage place, boolean goes, Withdrawn withdrawn) {
        if (goes) {
            refused(
                    place.any(),
                    names.of(place.any()),
                    "the service elsewhere goes before it is connected to or called otherwise, and comes when routes lead there",
                    "apply it when few call, or expose the new one beside the old one");
        }
        if (goes ? place.sides().size() < 2 : withdrawn.isMixed(place)) {
            elsewhere(
                    place.any(),
                    "are sent to where one of the two says in the way that the other one says, for a moment",
                    "apply it when few call, or expose the new one beside the old one");
        }
    }

    /** A version has one name in routes, and so it has one set of workloads at a time. */
    private void relabelled(Passage passage) {
        if (passage.sides().size() < 2 || !passage.any().kind().equals("DestinationRule")) {
            return;
        }
        Map<Object, Object> before = subsets(passage.sides().get(0));
        Map<Object, Object> after = subsets(passage.sides().get(1));
        after.forEach((name, labels) -> {
            if (before.containsKey(name) && !Objects.equals(before.get(name), labels)) {
                elsewhere(
                        passage.any(),
                        "are led to other workloads than before while routes change: version '" + name
                                + "' has other labels",
                        "give the version another name");
            }
        });
    }

    private static Map<Object, Object> subsets(Manifest rule) {
        Map<Object, Object> subsets = new LinkedHashMap<>();
        SpecTree.maps(rule.spec(), "subsets")
                .forEach(each -> subsets.put(String.valueOf(each.get("name")), SpecTree.map(each, "labels")));
        return subsets;
    }

    /** A policy sees paths behind the rewrites, and each of the two only those of one side. */
    private void rewritten(Passage route) {
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
            refused(
                    route.any(),
                    names.of(route.any()),
                    "paths are rewritten otherwise, and the policies behind see them so",
                    "change the rewrites and the access one after the other");
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
    private void split(Passage passage) {
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
            elsewhere(
                    split,
                    "are led by the new shares of old routes, or the old shares of new ones, for a moment",
                    "change the split and the routes one after the other");
        }
    }

    private void travelled(Passage policy) {
        if (Travels.isMixed(policy, passages)) {
            elsewhere(
                    policy.any(),
                    "are called with the tries, limits and faults of the other state for a moment: a policy names whole routes,"
                            + " and both change",
                    "change the routes and how calls travel one after the other");
        }
    }

    /** Who loses a path must not let it through to the end, and who gets it not from the beginning. */
    private void moved(Passage route) {
        Set<String> moved = Guests.moved(route);
        boolean asked = !moved.isEmpty()
                && passages.stream()
                        .anyMatch(policy -> policy.role() == Role.KEEPS_OUT
                                && policy.any().namespace().equals(route.any().namespace())
                                && moved.contains(policy.any().labels().getOrDefault(Manifest.API, ""))
                                && policy.isChanged());
        if (asked) {
            refused(
                    route.any(),
                    GapNames.hosts(List.of(route)),
                    "paths go from one API to another, and policies change with them",
                    "apply it when few call");
        }
    }

    private void refused(Manifest manifest, Set<String> whose, String why, String hint) {
        gap(Effect.REFUSED, manifest, whose, "are refused for a moment: " + why, hint);
    }

    private void elsewhere(Manifest manifest, String why, String hint) {
        gap(Effect.ELSEWHERE, manifest, names.of(manifest), why, hint);
    }

    private void gap(Effect effect, Manifest manifest, Set<String> whose, String why, String hint) {
        String told =
                "some requests" + GapNames.told(whose) + " that both the old and the new state let through " + why;
        gaps.add(new Gap(effect, whose, new Problem(CODE, manifest.id(), told, hint, Origin.unknown())));
    }
}
