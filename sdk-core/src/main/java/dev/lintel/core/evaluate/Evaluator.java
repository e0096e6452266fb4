package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests by a model. It is the only implementation of "which rule wins": the embedded gateway asks it for every
 * request, and plans, explanations and assertions ask the same one.
 *
 * <p>The order of the questions: path and host, token, access, guards, route, split, rewrite. Safe for use by many
 * threads; nothing is allocated for an allowed request but the decision.
 */
public final class Evaluator {
    private final MeshModel model;
    private final Statuses statuses;
    private final InstantSource clock;
    private final Map<String, CompiledApi> byId = new HashMap<>();
    private final HostTable<CompiledApi> entry;
    private final HostTable<CompiledApi> mesh;

    private Evaluator(MeshModel model, Statuses statuses, InstantSource clock, @Nullable Evaluator before) {
        this.model = model;
        this.statuses = statuses;
        this.clock = clock;
        Map<String, CompiledApi> entryHosts = new HashMap<>();
        Map<String, CompiledApi> meshHosts = new HashMap<>();
        for (ApiModel api : model.apis()) {
            CompiledApi compiled = new CompiledApi(api, clock, before == null ? null : before.byId.get(api.id()));
            byId.put(api.id(), compiled);
            api.entry().hosts().forEach(host -> entryHosts.put(host, compiled));
            String service = api.service().name() + "." + api.namespace();
            meshHosts.put(service, compiled);
            meshHosts.put(service + ".svc", compiled);
            meshHosts.put(service + ".svc.cluster.local", compiled);
        }
        this.entry = new HostTable<>(entryHosts);
        this.mesh = new HostTable<>(meshHosts);
    }

    /**
     * An evaluator with the standard statuses.
     *
     * @param model what decides
     * @return the evaluator
     */
    public static Evaluator of(MeshModel model) {
        return of(model, Statuses.STANDARD, InstantSource.system());
    }

    /**
     * An evaluator.
     *
     * @param model what decides
     * @param statuses which status answers which refusal
     * @param clock what guards ask for the time
     * @return the evaluator
     */
    public static Evaluator of(MeshModel model, Statuses statuses, InstantSource clock) {
        return new Evaluator(model, statuses, clock, null);
    }

    /**
     * An evaluator for a changed model. Guards whose rule did not change keep what they have counted.
     *
     * @param changed what decides from now on
     * @return a new evaluator; this one goes on deciding as before
     */
    public Evaluator next(MeshModel changed) {
        return new Evaluator(changed, statuses, clock, this);
    }

    /**
     * What decides.
     *
     * @return the model
     */
    public MeshModel model() {
        return model;
    }

    /**
     * The API that is exposed at a host, so that a gateway knows whose tokens to accept before it asks for a decision.
     *
     * @param authority the host as it came, with or without port
     * @return null if there is none
     */
    public @Nullable ApiModel exposedAt(String authority) {
        CompiledApi found = entry.find(authority);
        return found == null ? null : found.model;
    }

    /**
     * Decides a request.
     *
     * @param request the request
     * @param draw the chance for splits
     * @return where it goes, or why it is refused
     */
    public Decision decide(Request request, Draw draw) {
        return decide(request, draw, null, false);
    }

    /**
     * Decides a request and tells each step. Guards are asked afresh, so that explaining uses nothing up.
     *
     * @param request the request
     * @param draw the chance for splits
     * @return the decision with its trace
     */
    public Explanation explain(Request request, Draw draw) {
        Trace trace = new Trace();
        Decision decision = decide(request, draw, trace, true);
        String query = request.query() == null ? "" : "?" + request.query();
        return new Explanation(
                request.method() + " " + request.host() + request.path() + query, decision, trace.steps());
    }

    private Decision decide(Request request, Draw draw, @Nullable Trace trace, boolean afresh) {
        PathNormalizer.Result path = PathNormalizer.WITH_PARAMETERS.normalize(request.path());
        String normal = path.path();
        if (normal == null) {
            return refuse(Reason.BAD_REQUEST, String.valueOf(path.refusal()), null, null);
        }
        if (trace != null) {
            trace.path(request.path(), normal);
        }
        CompiledApi api = (request.via() == Request.Via.MESH ? mesh : entry).find(request.host());
        if (api == null) {
            return HostTable.isValid(request.host())
                    ? refuse(Reason.UNKNOWN_HOST, "no API is exposed at this host", null, null)
                    : refuse(Reason.BAD_REQUEST, "the host is not a host name", null, null);
        }
        if (trace != null) {
            trace.host(request.host(), api.model);
        }
        if (request.via() == Request.Via.MESH) {
            return Forwarding.inMesh(api.model, normal, request, draw, trace);
        }
        if (!api.model.entry().pathParameters() && normal.indexOf(';') >= 0) {
            return refuse(Reason.BAD_REQUEST, "a path must not contain ';'", api.model, null);
        }
        return enter(api, normal, request, draw, trace, afresh);
    }

    private Decision enter(
            CompiledApi api, String path, Request request, Draw draw, @Nullable Trace trace, boolean afresh) {
        AccessRule rule = null;
        if (api.model.entry().access().isRestricted()) {
            rule = api.access.find(path, request);
            Refuse refused = AccessCheck.check(api.model, rule, request.token(), statuses, trace);
            if (refused != null) {
                return refused;
            }
        }
        Refuse stopped = api.guards.isEmpty() ? null : guard(api, path, request, rule, trace, afresh);
        if (stopped != null) {
            return stopped;
        }
        Route route = api.routes.find(path, request);
        Rewrite rewrite = api.rewrites.find(path, request);
        return Forwarding.toService(api.model, rule, route, rewrite, path, request, draw, trace);
    }

    private @Nullable Refuse guard(
            CompiledApi api,
            String path,
            Request request,
            @Nullable AccessRule rule,
            @Nullable Trace trace,
            boolean afresh) {
        String subject = request.token() instanceof Token.Verified token ? token.subject() : null;
        Guard.Call call = new Guard.Call(api.model.id(), request.method(), path, subject);
        for (CompiledApi.Living living : api.guards) {
            Guard guard = afresh ? living.rule().start(clock) : living.guard();
            Guard.Refusal refusal = guard.check(call);
            if (trace != null) {
                trace.guard(living.rule(), refusal);
            }
            if (refusal != null) {
                return new Refuse(refusal.status(), Reason.GUARDED, refusal.reason(), null, api.model, rule);
            }
        }
        return null;
    }

    private Refuse refuse(Reason reason, String detail, @Nullable ApiModel api, @Nullable AccessRule rule) {
        return new Refuse(statuses.of(reason), reason, detail, null, api, rule);
    }
}
