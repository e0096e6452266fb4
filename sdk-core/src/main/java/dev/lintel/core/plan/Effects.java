package dev.lintel.core.plan;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change of models does to requests, in words.
 *
 * <p>An effect widens exactly if some request or call from inside that the old model refused is let through by the new
 * one: one to an API that both know, or to a host and path that belongs to another API now. An API that is new, at hosts
 * or paths that are new, widens nothing. What cannot be compared counts as widening where anybody gets through at all: a
 * guard or an external authorizer that is gone or changed, an issuer's keys or algorithms, a login in front of access
 * rules or another issuer of it, that Lintel serves an API itself which a service served, caller rules where paths are rewritten or may have parameters, and rules that overlap in
 * too many ways to be looked at.
 *
 * <p>What newly may leave widens nothing: no exposed API is opened by it. That the last egress rule goes widens, because
 * everything leaves then, from everywhere, and nobody said so.
 */
public final class Effects {
    private final MeshModel before;
    private final MeshModel now;
    private final Map<String, List<ApiModel>> hostsBefore = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();

    private Effects(MeshModel before, MeshModel now) {
        this.before = before;
        this.now = now;
        before.apis()
                .forEach(api -> api.entry()
                        .hosts()
                        .forEach(host -> hostsBefore
                                .computeIfAbsent(host, h -> new ArrayList<>())
                                .add(api)));
    }

    /**
     * What changes for requests.
     *
     * @param before what is in force
     * @param now what is wanted
     * @return one effect a line, by namespace and name of the API; first what is exposed, then access, then the rest; then
     *     the boundaries of namespaces; last of all what may leave
     */
    public static List<Effect> between(MeshModel before, MeshModel now) {
        Effects effects = new Effects(before, now);
        for (ApiPair pair : ApiPair.of(before, now)) {
            effects.add(pair);
        }
        effects.effects.addAll(new IsolationEffects(before, now).effects());
        effects.effects.addAll(new EgressEffects(before, now).effects());
        return List.copyOf(effects.effects);
    }

    private void add(ApiPair pair) {
        ApiModel was = pair.before();
        ApiModel is = pair.now();
        if (is == null) {
            if (was != null) {
                String hosts = String.join(", ", was.entry().hosts());
                String text = "no longer exposed at " + hosts + ExposureWords.gone(was);
                tell(was, "", List.of(new Effect(text, false, was.origin())));
            }
            return;
        }
        if (is.equals(was)) {
            return;
        }
        hosts(was, is);
        if (was != null) {
            tell(is, "", access(was, is, before.isolations(), now.isolations(), false));
            tell(is, "", FrontEffects.between(was, is));
            tell(is, "", ServiceEffects.between(was, is));
        }
    }

    private void hosts(@Nullable ApiModel was, ApiModel is) {
        Set<String> added = new LinkedHashSet<>(is.entry().hosts());
        Set<String> gone = new LinkedHashSet<>();
        Map<ApiModel, List<String>> taken = new LinkedHashMap<>();
        if (was != null) {
            gone.addAll(was.entry().hosts());
            gone.removeAll(added);
            added.removeAll(was.entry().hosts());
        }
        for (String host : List.copyOf(added)) {
            for (ApiModel owner : hostsBefore.getOrDefault(host, List.of())) {
                if (!owner.id().equals(is.id()) && meet(owner.entry(), is.entry())) {
                    taken.computeIfAbsent(owner, id -> new ArrayList<>()).add(host);
                    added.remove(host);
                }
            }
        }
        String paths = is.entry().paths().isEmpty() ? "" : ", for " + paths(is.entry());
        if (!added.isEmpty()) {
            String rules = was == null ? ", " + ExposureWords.summary(is) : "";
            tell(
                    is,
                    "",
                    List.of(new Effect(
                            "newly exposed at " + String.join(", ", added) + paths + rules, false, is.origin())));
        }
        if (!gone.isEmpty()) {
            tell(is, "", List.of(new Effect("no longer exposed at " + String.join(", ", gone), false, is.origin())));
        }
        taken.forEach((owner, hosts) -> takeOver(owner, hosts, is));
    }

    private void takeOver(ApiModel owner, List<String> hosts, ApiModel is) {
        String there = "at " + String.join(", ", hosts) + ": ";
        List<PathPattern> common = common(owner.entry(), is.entry());
        String what = common.isEmpty() ? "" : texts(common) + " ";
        tell(is, there, List.of(new Effect("takes over " + what + "from " + owner.id(), false, is.origin())));
        tell(is, there, access(owner, is, List.of(), List.of(), true));
    }

    private static boolean meet(Entry one, Entry other) {
        return one.paths().isEmpty()
                || other.paths().isEmpty()
                || !common(one, other).isEmpty();
    }

    /** The paths that both have; empty if both have all. */
    private static List<PathPattern> common(Entry one, Entry other) {
        if (one.paths().isEmpty() || other.paths().isEmpty()) {
            return one.paths().isEmpty() ? other.paths() : one.paths();
        }
        List<PathPattern> common = new ArrayList<>();
        one.paths().forEach(a -> other.paths().forEach(b -> a.intersect(b).ifPresent(common::add)));
        return common;
    }

    private static String paths(Entry entry) {
        return entry.paths().isEmpty() ? "all paths" : texts(entry.paths());
    }

    private static String texts(List<PathPattern> paths) {
        return paths.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
    }

    /** What changes about who gets through; a host that changes hands says nothing about calls from inside. */
    private static List<Effect> access(
            ApiModel was, ApiModel is, List<IsolationRule> boundaries, List<IsolationRule> wanted, boolean taken) {
        boolean callers = !was.service().callers().equals(is.service().callers());
        boolean rewritten = (Sides.asksCallers(was) || Sides.asksCallers(is))
                && !was.entry().rewrites().equals(is.entry().rewrites());
        boolean paths = !was.entry().paths().equals(is.entry().paths());
        if (was.entry().access().equals(is.entry().access())
                && was.entry().pathParameters() == is.entry().pathParameters()
                && was.guards().equals(is.guards())
                && !callers
                && !rewritten
                && !paths
                && !OutsideEffects.differ(was.entry(), is.entry())) {
            return List.of();
        }
        Sides sides;
        try {
            sides = new Sides(was, is, boundaries, wanted);
        } catch (IllegalArgumentException e) {
            return List.of(new Effect("access rules cannot be compared: " + e.getMessage(), true, is.origin()));
        }
        AccessEffects access = new AccessEffects(sides);
        List<Effect> effects = new ArrayList<>();
        if (paths && !taken) {
            String text = "has " + paths(is.entry()) + " of its hosts (was: " + paths(was.entry()) + ")";
            effects.add(new Effect(text, access.opensPaths(), is.origin()));
        }
        effects.addAll(new TrustEffects(was, is, access).effects());
        effects.addAll(new OutsideEffects(was, is, access).effects());
        effects.addAll(access.rules());
        effects.addAll(new CallerEffects(sides, access, taken).effects());
        return effects;
    }

    private void tell(ApiModel api, String where, List<Effect> told) {
        for (Effect effect : told) {
            effects.add(new Effect(api.id() + ": " + where + effect.text(), effect.widens(), effect.origin()));
        }
    }
}
