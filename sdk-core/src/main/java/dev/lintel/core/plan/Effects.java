package dev.lintel.core.plan;

import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of models does to requests, in words.
 *
 * <p>An effect widens exactly if some request that the old model's rules refused is let through by the new one: a request
 * to an API that both know, or to a host that belongs to another API now. An API that is new, at hosts that are new,
 * widens nothing. Three things cannot be compared, and count as widening where anybody gets through at all: a guard that
 * is gone or changed, an issuer's keys or algorithms, and rules that overlap in too many ways to be looked at.
 *
 * <p>What newly may leave widens nothing: no exposed API is opened by it. That the last egress rule goes widens, because
 * everything leaves then, from everywhere, and nobody said so.
 */
public final class Effects {
    private final Map<String, ApiModel> hostsBefore;
    private final List<Effect> effects = new ArrayList<>();

    private Effects(MeshModel before) {
        hostsBefore = new LinkedHashMap<>();
        before.apis().forEach(api -> api.entry().hosts().forEach(host -> hostsBefore.put(host, api)));
    }

    /**
     * What changes for requests.
     *
     * @param before what is in force
     * @param now what is wanted
     * @return one effect a line, by namespace and name of the API; first what is exposed, then access, then the rest; last
     *     of all what may leave
     */
    public static List<Effect> between(MeshModel before, MeshModel now) {
        Effects effects = new Effects(before);
        for (ApiPair pair : ApiPair.of(before, now)) {
            effects.add(pair);
        }
        effects.effects.addAll(new EgressEffects(before, now).effects());
        return List.copyOf(effects.effects);
    }

    private void add(ApiPair pair) {
        ApiModel before = pair.before();
        ApiModel now = pair.now();
        if (now == null) {
            if (before != null) {
                String hosts = String.join(", ", before.entry().hosts());
                tell(before, "", List.of(new Effect("no longer exposed at " + hosts, false, before.origin())));
            }
            return;
        }
        if (now.equals(before)) {
            return;
        }
        hosts(before, now);
        if (before != null) {
            tell(now, "", access(before, now));
            tell(now, "", ServiceEffects.between(before, now));
        }
    }

    private void hosts(@Nullable ApiModel before, ApiModel now) {
        Set<String> added = new LinkedHashSet<>(now.entry().hosts());
        Set<String> gone = new LinkedHashSet<>();
        Map<String, List<String>> taken = new LinkedHashMap<>();
        if (before != null) {
            gone.addAll(before.entry().hosts());
            gone.removeAll(added);
            added.removeAll(before.entry().hosts());
        }
        for (String host : List.copyOf(added)) {
            ApiModel owner = hostsBefore.get(host);
            if (owner != null) {
                taken.computeIfAbsent(owner.id(), id -> new ArrayList<>()).add(host);
                added.remove(host);
            }
        }
        if (!added.isEmpty()) {
            String rules = before == null ? ", " + summary(now.entry().access()) : "";
            tell(
                    now,
                    "",
                    List.of(new Effect("newly exposed at " + String.join(", ", added) + rules, false, now.origin())));
        }
        if (!gone.isEmpty()) {
            tell(now, "", List.of(new Effect("no longer exposed at " + String.join(", ", gone), false, now.origin())));
        }
        taken.forEach((id, hosts) -> takeOver(id, hosts, now));
    }

    private void takeOver(String id, List<String> hosts, ApiModel now) {
        ApiModel owner = hostsBefore.get(hosts.get(0));
        String there = "at " + String.join(", ", hosts) + ": ";
        tell(now, there, List.of(new Effect("takes over from " + id, false, now.origin())));
        if (owner != null) {
            tell(now, there, access(owner, now));
        }
    }

    private static String summary(Access access) {
        // Without their number: it is not the same in what was said and in what is read back from a mesh.
        return access.rules().isEmpty() ? "open to everybody" : "with access rules";
    }

    private static List<Effect> access(ApiModel before, ApiModel now) {
        if (before.entry().access().equals(now.entry().access())
                && before.entry().pathParameters() == now.entry().pathParameters()
                && before.guards().equals(now.guards())) {
            return List.of();
        }
        AccessEffects access;
        try {
            access = new AccessEffects(before, now);
        } catch (IllegalArgumentException e) {
            return List.of(new Effect("access rules cannot be compared: " + e.getMessage(), true, now.origin()));
        }
        List<Effect> effects = new ArrayList<>(new TrustEffects(before, now, access).effects());
        effects.addAll(access.rules());
        return effects;
    }

    private void tell(ApiModel api, String where, List<Effect> told) {
        for (Effect effect : told) {
            effects.add(new Effect(api.id() + ": " + where + effect.text(), effect.widens(), effect.origin()));
        }
    }
}
