package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import org.jspecify.annotations.Nullable;

/** Judges who calls: the certificate that was shown, and the rules of the service. */
final class CallerCheck {
    private final Statuses statuses;
    private final String trustDomain;

    CallerCheck(Statuses statuses, String trustDomain) {
        this.statuses = statuses;
        this.trustDomain = trustDomain;
    }

    /**
     * A certificate that is shown must say who calls, and say it of this world, also where nobody asks. Null lets the
     * request pass.
     */
    @Nullable
    Refuse proven(ApiModel api, Caller caller, @Nullable Trace trace) {
        String why = null;
        if (caller instanceof Caller.Rejected rejected) {
            why = rejected.reason();
        } else if (caller instanceof Caller.Workload who && !who.trustDomain().equals(trustDomain)) {
            why = "the certificate is of another trust domain";
        }
        if (why == null) {
            return null;
        }
        if (trace != null) {
            trace.caller("caller", "refused, " + why, Origin.unknown());
        }
        return new Refuse(statuses.of(Reason.UNPROVEN), Reason.UNPROVEN, why, null, api, null);
    }

    /** The rules of the service itself, at the path that it would get. Null lets the request pass. */
    @Nullable
    Refuse rules(CompiledApi api, String path, Request request, @Nullable AccessRule access, @Nullable Trace trace) {
        if (!api.asksCallers) {
            return null;
        }
        boolean parameters = path.indexOf(';') >= 0;
        if (parameters && !api.model.entry().pathParameters()) {
            return bad(api, "a path must not contain ';' where it decides who may call", access, trace);
        }
        Refuse refused = rule(api, path, request, access, trace);
        if (refused != null || !parameters) {
            return refused;
        }
        // Back ends that drop parameters see this path, which no rule may be got round by.
        String plain = PathNormalizer.STRICT.normalize(withoutParameters(path));
        return plain == null
                ? bad(api, "a path must not end with nothing but parameters", access, trace)
                : rule(api, plain, request, access, trace);
    }

    private Refuse bad(CompiledApi api, String why, @Nullable AccessRule access, @Nullable Trace trace) {
        if (trace != null) {
            trace.refused("path", why);
        }
        return new Refuse(statuses.of(Reason.BAD_REQUEST), Reason.BAD_REQUEST, why, null, api.model, access);
    }

    private @Nullable Refuse rule(
            CompiledApi api, String path, Request request, @Nullable AccessRule access, @Nullable Trace trace) {
        CallerRule rule = api.callers.find(path, request);
        if (rule == null) {
            if (trace != null) {
                trace.caller("caller", "no rule speaks about this method and path: every caller", api.model.origin());
            }
            return null;
        }
        Caller caller = request.caller();
        boolean listed = rule.everybody()
                || caller instanceof Caller.Workload who && rule.lists(who.namespace(), who.serviceAccount());
        boolean enters = rule.entering() && request.via() == Request.Via.ENTRY;
        if (listed || enters) {
            if (trace != null) {
                String who = listed ? caller.toString() : "who enters by the host";
                trace.caller("caller", rule.endpoint() + " is for " + rule.describe() + ": " + who, rule.origin());
            }
            return null;
        }
        String why = caller + " is not among those who may call this";
        if (trace != null) {
            String text = rule.endpoint() + " is for " + rule.describe() + ": refused, " + why;
            trace.caller("caller", text, rule.origin());
        }
        return new Refuse(statuses.of(Reason.CALLER), Reason.CALLER, why, null, api.model, access);
    }

    private static String withoutParameters(String path) {
        StringBuilder plain = new StringBuilder(path.length());
        boolean skip = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            skip = c == ';' || skip && c != '/';
            if (!skip) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
