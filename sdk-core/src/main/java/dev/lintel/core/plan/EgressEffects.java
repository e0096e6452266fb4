package dev.lintel.core.plan;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changes about what may leave: both models are asked, by the one evaluator, which rule governs each host. */
final class EgressEffects {
    private final MeshModel before;
    private final MeshModel now;
    private final List<Effect> effects = new ArrayList<>();

    EgressEffects(MeshModel before, MeshModel now) {
        this.before = before;
        this.now = now;
    }

    List<Effect> effects() {
        if (before.egress().equals(now.egress())) {
            return effects;
        }
        if (now.egress().isEmpty()) {
            tell(
                    "everything leaves, from every namespace: no egress rule is left",
                    true,
                    before.egress().get(0).origin());
            return effects;
        }
        if (before.egress().isEmpty()) {
            tell(
                    "nothing leaves any more but what is listed, in every namespace (was: everything left)",
                    false,
                    now.egress().get(0).origin());
        }
        Evaluator asBefore = Evaluator.of(new MeshModel(List.of(), before.egress()));
        Evaluator asNow = Evaluator.of(new MeshModel(List.of(), now.egress()));
        Set<List<String>> hosts = new TreeSet<>((a, b) -> String.join(" ", a).compareTo(String.join(" ", b)));
        before.egress().forEach(rule -> hosts.add(List.of(rule.namespace(), rule.host())));
        now.egress().forEach(rule -> hosts.add(List.of(rule.namespace(), rule.host())));
        for (List<String> host : hosts) {
            EgressRule was = asBefore.egressRule(host.get(0), host.get(1));
            EgressRule is = asNow.egressRule(host.get(0), host.get(1));
            compare(host.get(0), host.get(1), was, is);
        }
        return effects;
    }

    private void compare(String namespace, String host, @Nullable EgressRule was, @Nullable EgressRule is) {
        Origin origin = is != null ? is.origin() : was != null ? was.origin() : Origin.unknown();
        String may = before.egress().isEmpty() ? " may still call " : " may now call ";
        // A host of which nothing was said is let out by its definition alone, as a new API is exposed by its own.
        boolean widens = was != null && !before.egress().isEmpty();
        more(was, is)
                .forEach((who, ports) -> tell(who + " in " + namespace + may + host + ":" + ports, widens, origin));
        more(is, was)
                .forEach((who, ports) ->
                        tell(who + " in " + namespace + " may no longer call " + host + ":" + ports, false, origin));
        boolean could = was != null && was.privateAddresses();
        boolean can = is != null && is.privateAddresses();
        if (can && !could) {
            tell(host + " may now be at a private address, called from " + namespace, widens, origin);
        } else if (could && is != null && !can) {
            tell(host + " may no longer be at a private address, called from " + namespace, false, origin);
        }
        way(namespace, host, was, is);
    }

    /** By which way calls leave; that they need no gateway any more lets out what would have been kept in. */
    private void way(String namespace, String host, @Nullable EgressRule was, @Nullable EgressRule is) {
        EgressGateway before = was == null ? null : was.gateway();
        EgressGateway now = is == null ? null : is.gateway();
        if (is == null || Objects.equals(before, now)) {
            return;
        }
        String calls = "calls of " + namespace + " to " + host;
        if (now == null) {
            tell(calls + " leave directly (was: through " + before + " only)", true, is.origin());
        } else {
            String instead = before != null ? " (was: through " + before + ")" : was != null ? " (was: directly)" : "";
            tell(calls + " leave through " + now + " only" + instead, false, is.origin());
        }
    }

    /** Whom the second rule lets out beyond the first, each with the ports. */
    private static Map<String, String> more(@Nullable EgressRule less, @Nullable EgressRule more) {
        Map<String, List<Integer>> found = new LinkedHashMap<>();
        for (int port : more == null ? List.<Integer>of() : more.ports()) {
            boolean none = less == null || !less.ports().contains(port);
            for (String who : who(none ? null : less, more)) {
                found.computeIfAbsent(who, name -> new ArrayList<>()).add(port);
            }
        }
        Map<String, String> words = new LinkedHashMap<>();
        found.forEach((who, ports) ->
                words.put(who, ports.stream().map(String::valueOf).collect(Collectors.joining(","))));
        return words;
    }

    private static List<String> who(@Nullable EgressRule less, @Nullable EgressRule more) {
        List<String> some = more == null ? List.of() : more.onlyFor();
        if (some.isEmpty()) {
            return less == null
                    ? List.of("everything")
                    : less.onlyFor().isEmpty() ? List.of() : List.of("everything else");
        }
        return some.stream().filter(name -> less == null || !less.isFor(name)).toList();
    }

    private void tell(String text, boolean widens, Origin origin) {
        effects.add(new Effect(text, widens, origin));
    }
}
