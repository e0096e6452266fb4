package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Who gains and who loses calls across the boundaries of namespaces; both models are asked about callers of each kind. */
final class IsolationEffects {
    private final MeshModel before;
    private final MeshModel now;
    private final List<Effect> effects = new ArrayList<>();
    /** Callers that a boundary refused and that get through now, by the API that they call. */
    private final Map<ApiModel, List<Caller>> opened = new LinkedHashMap<>();

    IsolationEffects(MeshModel before, MeshModel now) {
        this.before = before;
        this.now = now;
    }

    List<Effect> effects() {
        if (!before.isolations().equals(now.isolations())) {
            ApiPair.of(before, now).forEach(this::ask);
            if (before.isolations().isEmpty()) {
                tell(
                        "calls from inside that do not prove where they come from are refused, unless each isolated"
                                + " namespace lets them",
                        false,
                        now.isolations().get(0).origin());
            }
            for (Two<IsolationRule> boundary : Two.of(rules(before), rules(now))) {
                compare(boundary);
            }
        }
        entering();
        return effects;
    }

    private static SortedMap<String, IsolationRule> rules(MeshModel model) {
        SortedMap<String, IsolationRule> rules = new TreeMap<>();
        model.isolations().forEach(rule -> rules.put(rule.namespace(), rule));
        return rules;
    }

    private void ask(ApiPair pair) {
        if (pair.before() == null || pair.now() == null) {
            return;
        }
        List<Caller> found = new ArrayList<>();
        try {
            Sides sides = new Sides(pair.before(), pair.now(), before.isolations(), now.isolations());
            sides.land.regions().stream()
                    .flatMap(region -> sides.paths(region).stream())
                    .forEach(path -> sides.land
                            .methods()
                            .forEach(
                                    method -> found.addAll(sides.openedInside(method, path, Set.of(Reason.ISOLATED)))));
        } catch (IllegalArgumentException tooMany) {
            found.addAll(CallerWitnesses.of(List.of(pair.before(), pair.now()), before.isolations(), now.isolations()));
        }
        opened.put(pair.now(), found);
    }

    private void compare(Two<IsolationRule> boundary) {
        String namespace = boundary.name();
        IsolationRule was = boundary.was();
        IsolationRule is = boundary.is();
        if (is == null) {
            Origin origin = was == null ? Origin.unknown() : was.origin();
            tell(
                    "everything outside of '" + namespace + "' gains calls from inside to " + services(namespace),
                    opens((api, who) -> api.namespace().equals(namespace)),
                    origin);
            tell(
                    "'" + namespace + "' gains calls from inside to everything outside of it",
                    opens((api, who) -> comesOut(api, who, namespace)),
                    origin);
        } else if (was == null) {
            tell(
                    "everything outside of '" + namespace + "' loses calls from inside to " + services(namespace)
                            + except(is.from()),
                    false,
                    is.origin());
            tell(
                    "'" + namespace + "' loses calls from inside to everything outside of it" + except(is.to()),
                    false,
                    is.origin());
        } else {
            change(namespace, was, is);
        }
    }

    private void change(String namespace, IsolationRule was, IsolationRule is) {
        List<Peer> more = without(is.from(), was.from());
        if (!more.isEmpty()) {
            tell(
                    CallerWords.of(more) + " may now call into '" + namespace + "' from inside",
                    opens((api, who) -> api.namespace().equals(namespace)
                            && who instanceof Caller.Workload workload
                            && Peer.anyIncludes(more, workload.namespace(), workload.serviceAccount())),
                    is.origin());
        }
        List<Peer> less = without(was.from(), is.from());
        if (!less.isEmpty()) {
            tell(
                    CallerWords.of(less) + " may no longer call into '" + namespace + "' from inside"
                            + except(left(less, is.from())),
                    false,
                    is.origin());
        }
        List<Peer> further = without(is.to(), was.to());
        if (!further.isEmpty()) {
            tell(
                    "'" + namespace + "' may now call " + CallerWords.of(further) + " from inside",
                    opens((api, who) -> comesOut(api, who, namespace)
                            && Peer.anyIncludes(
                                    further, api.namespace(), api.service().name())),
                    is.origin());
        }
        List<Peer> nearer = without(was.to(), is.to());
        if (!nearer.isEmpty()) {
            tell(
                    "'" + namespace + "' may no longer call " + CallerWords.of(nearer) + " from inside"
                            + except(left(nearer, is.to())),
                    false,
                    is.origin());
        }
    }

    /** Who does not prove where a call comes from may come out of any namespace. */
    private static boolean comesOut(ApiModel api, Caller who, String namespace) {
        return !api.namespace().equals(namespace)
                && !(who instanceof Caller.Workload workload
                        && !workload.namespace().equals(namespace));
    }

    private boolean opens(BiPredicate<ApiModel, Caller> blamed) {
        return opened.entrySet().stream()
                .anyMatch(entry -> entry.getValue().stream().anyMatch(who -> blamed.test(entry.getKey(), who)));
    }

    /** A boundary is for calls from inside: that an exposed host goes past it must be known to whoever says either. */
    private void entering() {
        Map<String, IsolationRule> was = rules(before);
        Map<String, IsolationRule> is = rules(now);
        for (ApiModel api : now.apis()) {
            IsolationRule boundary = is.get(api.namespace());
            boolean told = was.containsKey(api.namespace())
                    && before.api(api.id())
                            .filter(same ->
                                    same.entry().hosts().equals(api.entry().hosts()))
                            .isPresent();
            if (boundary != null && !told) {
                tell(
                        api.id() + ": who enters by "
                                + String.join(", ", api.entry().hosts())
                                + " still gets in past the boundary of '" + api.namespace()
                                + "', which is for calls from inside",
                        false,
                        boundary.origin());
            }
        }
    }

    private String services(String namespace) {
        String services = now.apis().stream()
                .filter(api -> api.namespace().equals(namespace))
                .map(ApiModel::id)
                .collect(Collectors.joining(", "));
        return services.isEmpty() ? "all that is in it" : services;
    }

    private static String except(List<Peer> peers) {
        return peers.isEmpty() ? "" : ", except " + CallerWords.of(peers);
    }

    private static List<Peer> without(List<Peer> some, List<Peer> others) {
        return some.stream()
                .filter(peer -> others.stream().noneMatch(other -> other.covers(peer)))
                .toList();
    }

    /** What is left of some. */
    private static List<Peer> left(List<Peer> some, List<Peer> kept) {
        return kept.stream()
                .filter(peer -> some.stream().anyMatch(one -> one.covers(peer)))
                .toList();
    }

    private void tell(String text, boolean widens, Origin origin) {
        effects.add(new Effect(text, widens, origin));
    }
}
