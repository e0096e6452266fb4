package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.steps.Step.Doing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from the objects that are in force to those that are wanted. At no moment on it, a request is let through that
 * both sides refuse; and none that both let through is refused, or led where neither side leads it, but for what the gaps
 * tell.
 *
 * <p>A service elsewhere that is another one afterwards goes before that. What routes lead to comes first. Then everything that keeps requests out is narrowed to what both sides let through,
 * by a version of its own where neither side's will do; then routes change; then it is opened to what is wanted, and what
 * nothing leads to any more goes.
 *
 * @param steps in the order in which they are taken, each begun when the one before is in force
 * @param gaps which requests are worse off for a moment although both sides let them through, and why
 */
public record Steps(List<Step> steps, List<Gap> gaps) {
    private static final List<String> KINDS = List.of(
            "NetworkPolicy",
            "ServiceAccount",
            "ConfigMap",
            "Service",
            "Deployment",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler",
            "ReferenceGrant",
            "DestinationRule",
            "BackendTLSPolicy",
            "Backend",
            "ServiceEntry",
            "HTTPRouteFilter",
            "BackendTrafficPolicy",
            "PeerAuthentication",
            "RequestAuthentication",
            "AuthorizationPolicy",
            "SecurityPolicy",
            "Gateway",
            "Sidecar",
            "VirtualService",
            "HTTPRoute",
            "GRPCRoute",
            "APIRule");

    /** Keeps the lists unchangeable. */
    public Steps {
        steps = List.copyOf(steps);
        gaps = List.copyOf(gaps);
    }

    /**
     * The steps from one set of objects to another.
     *
     * @param before all objects of ours that are in force
     * @param after all that are to be; those that are equal to one before are not written
     * @return empty if nothing changes
     */
    public static Steps between(List<Manifest> before, List<Manifest> after) {
        return new Walk(before, Reselected.of(Passage.of(before, after))).steps();
    }

    /** One way. */
    private static final class Walk {
        private final Reselected reselected;
        private final Map<String, Passage> passages;
        private final Withdrawn withdrawn;
        private final Meanwhile meanwhile;
        private final Map<String, Manifest> there = new LinkedHashMap<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Gap> gaps;

        Walk(List<Manifest> before, Reselected reselected) {
            this.reselected = reselected;
            this.passages = reselected.passages();
            this.withdrawn = Withdrawn.of(passages);
            this.meanwhile = new Meanwhile(passages);
            this.gaps = Gaps.of(reselected, meanwhile, withdrawn);
            there.putAll(byKey(before));
        }

        Steps steps() {
            delete("withdraw", List.copyOf(withdrawn.keys()));
            apply("prepare", meanwhile(Role.LED_TO));
            delete("unfence", gone(each -> each.role() == Role.FENCES));
            apply("unfence", meanwhile(Role.FENCES));
            apply("close", meanwhile(Role.KEEPS_OUT));
            lead();
            apply("open", wanted(each -> each.role() == Role.KEEPS_OUT));
            apply("open", reselected.last());
            delete("open", gone(each -> each.role() == Role.KEEPS_OUT));
            delete("open", List.copyOf(reselected.others().keySet()));
            apply("fence", wanted(each -> each.role() == Role.FENCES));
            apply("clear", wanted(each -> each.role() == Role.LED_TO));
            delete("clear", gone(each -> each.role() == Role.LED_TO));
            return new Steps(steps, gaps);
        }

        /** Where a host goes from one route to another, it is taken from the one before it is given to the other. */
        private void lead() {
            ContestedHosts contested = ContestedHosts.of(passages.values());
            apply("lead", wanted(each -> each.role() == Role.LEADS && Leads.isFirst(each.any())));
            Crowd.of(passages.values()).forEach(this::lead);
            apply("lead", wanted(each -> each.role() == Role.LEADS && contested.isGivenUp(each)));
            delete("lead", gone(each -> each.role() == Role.LEADS && contested.isGivenUp(each)));
            apply("lead", wanted(each -> each.role() == Role.LEADS));
            delete("lead", gone(each -> each.role() == Role.LEADS));
        }

        /** Takes down what leads requests for some hosts, the wide before the narrow, and puts up the narrow before the wide. */
        private void lead(Set<Passage> crowd) {
            List<Manifest> old = crowd.stream()
                    .flatMap(each -> Stream.ofNullable(each.before()))
                    .toList();
            List<Manifest> wanted = crowd.stream()
                    .flatMap(each -> Stream.ofNullable(each.after()))
                    .toList();
            Levels.of(old).forEach(level -> lead(old, level));
            List<Integer> levels = new ArrayList<>(Levels.of(wanted));
            Collections.reverse(levels);
            levels.stream().skip(1).forEach(level -> lead(wanted, level));
            apply("lead", byKey(wanted));
        }

        private void lead(List<Manifest> routes, int level) {
            List<Manifest> left = routes.stream()
                    .flatMap(each -> Levels.below(each, level).stream())
                    .toList();
            apply("lead", byKey(left));
            Map<String, Manifest> some = byKey(left);
            delete(
                    "lead",
                    byKey(routes).keySet().stream()
                            .filter(key -> !some.containsKey(key))
                            .toList());
        }

        private static Map<String, Manifest> byKey(List<Manifest> manifests) {
            Map<String, Manifest> map = new LinkedHashMap<>();
            manifests.forEach(each -> map.put(Repeated.key(each), each));
            return map;
        }

        private Map<String, Manifest> meanwhile(Role role) {
            Map<String, Manifest> some = new LinkedHashMap<>();
            passages.forEach((key, passage) -> {
                @Nullable Manifest then = meanwhile.of(key);
                if (passage.role() == role && then != null && !withdrawn.keys().contains(key)) {
                    some.put(key, then);
                }
            });
            return some;
        }

        private Map<String, Manifest> wanted(Predicate<Passage> which) {
            Map<String, Manifest> some = new LinkedHashMap<>();
            passages.forEach((key, passage) -> {
                @Nullable Manifest after = passage.after();
                if (after != null && which.test(passage)) {
                    some.put(key, after);
                }
            });
            return some;
        }

        private List<String> gone(Predicate<Passage> which) {
            return passages.entrySet().stream()
                    .filter(each -> each.getValue().after() == null && which.test(each.getValue()))
                    .map(Map.Entry::getKey)
                    .filter(key -> !reselected.last().containsKey(key))
                    .toList();
        }

        private void apply(String why, Map<String, Manifest> objects) {
            TreeMap<Integer, List<Manifest>> phases = new TreeMap<>();
            objects.forEach((key, each) -> {
                if (!each.equals(there.put(key, each))) {
                    phases.computeIfAbsent(rank(each), r -> new ArrayList<>()).add(each);
                }
            });
            phases.values().forEach(phase -> steps.add(new Step(Doing.APPLY, why, phase)));
        }

        private void delete(String why, List<String> keys) {
            TreeMap<Integer, List<Manifest>> phases = new TreeMap<>();
            keys.forEach(key -> {
                @Nullable Manifest each = there.remove(key);
                if (each != null) {
                    phases.computeIfAbsent(-rank(each), r -> new ArrayList<>()).add(each);
                }
            });
            phases.values().forEach(phase -> steps.add(new Step(Doing.DELETE, why, phase)));
        }

        /** Of one kind, those first that others rest on. */
        private static int rank(Manifest manifest) {
            int known = KINDS.indexOf(manifest.kind());
            return 2 * (known < 0 ? KINDS.size() : known) + (Leads.isLater(manifest) ? 1 : 0);
        }
    }
}
