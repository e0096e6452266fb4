package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The boundaries of namespaces, which calls from inside may cross only where both sides allow it. Who does not prove where
 * the call comes from could come out of any namespace, so that it gets where each of them would let it.
 */
final class Boundaries {
    private final Statuses statuses;
    private final List<IsolationRule> all;
    private final Map<String, IsolationRule> byNamespace = new HashMap<>();

    Boundaries(MeshModel model, Statuses statuses) {
        this.statuses = statuses;
        this.all = model.isolations();
        all.forEach(isolation -> byNamespace.put(isolation.namespace(), isolation));
    }

    /** Null lets a call from inside pass. */
    @Nullable
    Refuse check(ApiModel api, Caller caller, @Nullable Trace trace) {
        if (all.isEmpty()) {
            return null;
        }
        Caller.Workload who = caller instanceof Caller.Workload workload ? workload : null;
        if (who != null && who.namespace().equals(api.namespace())) {
            return null;
        }
        IsolationRule into = byNamespace.get(api.namespace());
        if (into != null && (who == null || !Peer.anyIncludes(into.from(), who.namespace(), who.serviceAccount()))) {
            return refuse(caller + " is not allowed into '" + api.namespace() + "'", api, into, trace);
        }
        IsolationRule out = who == null ? anyAgainst(api) : byNamespace.get(who.namespace());
        if (out != null && !lets(out, api)) {
            String why = who == null
                    ? "it is not proven which namespace the call comes from"
                    : api.id() + " may not be called out of '" + out.namespace() + "'";
            return refuse(why, api, out, trace);
        }
        if (trace != null) {
            if (out != null) {
                trace.caller("boundary", api.id() + " may be called out of '" + out.namespace() + "'", out.origin());
            }
            if (into != null) {
                trace.caller("boundary", caller + " is allowed into '" + api.namespace() + "'", into.origin());
            }
        }
        return null;
    }

    private static boolean lets(IsolationRule out, ApiModel api) {
        return Peer.anyIncludes(out.to(), api.namespace(), api.service().name());
    }

    private @Nullable IsolationRule anyAgainst(ApiModel api) {
        for (int i = 0; i < all.size(); i++) {
            IsolationRule one = all.get(i);
            if (!one.namespace().equals(api.namespace()) && !lets(one, api)) {
                return one;
            }
        }
        return null;
    }

    private Refuse refuse(String why, ApiModel api, IsolationRule rule, @Nullable Trace trace) {
        if (trace != null) {
            Origin origin = rule.origin();
            trace.caller("boundary", "refused, " + why, origin);
        }
        return new Refuse(statuses.of(Reason.ISOLATED), Reason.ISOLATED, why, null, api, null);
    }
}
