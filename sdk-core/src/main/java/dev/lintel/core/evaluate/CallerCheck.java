package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges who calls: the certificate that was shown, the boundaries between namespaces, and the rules of the service. */
final class CallerCheck {
    private final Statuses statuses;
    private final Map<String, IsolationRule> isolations = new HashMap<>();

    CallerCheck(MeshModel model, Statuses statuses) {
        this.statuses = statuses;
        model.isolations().forEach(isolation -> isolations.put(isolation.namespace(), isolation));
    }

    /** A certificate that is shown must say who calls, also where nobody asks. Null lets the request pass. */
    @Nullable
    Refuse proven(ApiModel api, Caller caller, @Nullable Trace trace) {
        if (!(caller instanceof Caller.Rejected rejected)) {
            return null;
        }
        return refuse(Reason.UNPROVEN, rejected.reason(), api, null, Origin.unknown(), trace);
    }

    /** Both boundaries that a call from inside may cross. Null lets it pass. */
    @Nullable
    Refuse boundaries(ApiModel api, Caller caller, @Nullable Trace trace) {
        if (isolations.isEmpty()) {
            return null;
        }
        Caller.Workload who = caller instanceof Caller.Workload workload ? workload : null;
        if (who != null && who.namespace().equals(api.namespace())) {
            return null;
        }
        IsolationRule into = isolations.get(api.namespace());
        if (into != null && (who == null || !includes(into.from(), who.namespace(), who.serviceAccount()))) {
            String why = caller + " is not allowed into '" + api.namespace() + "'";
            return refuse(Reason.ISOLATED, why, api, null, into.origin(), trace);
        }
        IsolationRule out = who == null ? null : isolations.get(who.namespace());
        if (who != null
                && out != null
                && !includes(out.to(), api.namespace(), api.service().name())) {
            String why = api.id() + " may not be called out of '" + who.namespace() + "'";
            return refuse(Reason.ISOLATED, why, api, null, out.origin(), trace);
        }
        if (trace != null && (into != null || out != null)) {
            Origin origin = into == null ? out == null ? Origin.unknown() : out.origin() : into.origin();
            trace.caller("boundary", caller + " may call into '" + api.namespace() + "'", origin);
        }
        return null;
    }

    /** The rules of the service itself. Null lets the request pass. */
    @Nullable
    Refuse rules(CompiledApi api, String path, Request request, @Nullable AccessRule access, @Nullable Trace trace) {
        CallerRule rule = api.callers.find(path, request);
        if (rule == null) {
            return null;
        }
        Caller caller = request.caller();
        boolean listed =
                caller instanceof Caller.Workload who && includes(rule.anyOf(), who.namespace(), who.serviceAccount());
        boolean enters = rule.entering() && request.via() == Request.Via.ENTRY;
        if (listed || enters) {
            if (trace != null) {
                String who = listed ? caller.toString() : "who enters by the host";
                trace.caller("caller", rule.endpoint() + " is for " + rule.describe() + ": " + who, rule.origin());
            }
            return null;
        }
        String why = caller + " is not among those who may call this";
        return refuse(Reason.CALLER, why, api.model, access, rule.origin(), trace);
    }

    private static boolean includes(List<Peer> peers, String namespace, String name) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).includes(namespace, name)) {
                return true;
            }
        }
        return false;
    }

    private Refuse refuse(
            Reason reason,
            String why,
            ApiModel api,
            @Nullable AccessRule access,
            Origin origin,
            @Nullable Trace trace) {
        if (trace != null) {
            trace.caller(reason == Reason.ISOLATED ? "boundary" : "caller", "refused, " + why, origin);
        }
        return new Refuse(statuses.of(reason), reason, why, null, api, access);
    }
}
