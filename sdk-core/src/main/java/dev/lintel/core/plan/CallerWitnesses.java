package dev.lintel.core.plan;

import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.IsolationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One caller of each kind that rules and boundaries can tell apart. */
final class CallerWitnesses {
    private CallerWitnesses() {}

    /** Nobody in particular, then each workload that is named, another one of each namespace that is, and a stranger. */
    static List<Caller> of(List<ApiModel> apis, List<IsolationRule> before, List<IsolationRule> now) {
        Map<String, Set<String>> named = new TreeMap<>();
        for (ApiModel api : apis) {
            api.service().callers().forEach(rule -> rule.anyOf().forEach(peer -> add(named, peer)));
        }
        for (List<IsolationRule> boundaries : List.of(before, now)) {
            for (IsolationRule boundary : boundaries) {
                add(named, new Peer(boundary.namespace(), null));
                boundary.from().forEach(peer -> add(named, peer));
            }
        }
        List<Caller> callers = new ArrayList<>();
        callers.add(Caller.NONE);
        if (named.isEmpty()) {
            return callers;
        }
        apis.forEach(api -> add(named, new Peer(api.namespace(), null)));
        named.forEach((namespace, names) -> {
            names.forEach(name -> callers.add(workload(namespace, name)));
            callers.add(workload(namespace, unnamed(names, "any")));
        });
        callers.add(workload(unnamed(named.keySet(), "elsewhere"), "any"));
        return callers;
    }

    private static void add(Map<String, Set<String>> named, Peer peer) {
        Set<String> names = named.computeIfAbsent(peer.namespace(), namespace -> new TreeSet<>());
        if (peer.name() != null) {
            names.add(peer.name());
        }
    }

    private static Caller workload(String namespace, String name) {
        return new Caller.Workload(Caller.Workload.CLUSTER_LOCAL, namespace, name);
    }

    private static String unnamed(Set<String> names, String start) {
        String name = start;
        while (names.contains(name)) {
            name += "x";
        }
        return name;
    }
}
