package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Rewrite;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests by a model. It is the only implementation of "which rule wins": the embedded gateway asks it for every
 * request, and plans, explanations and assertions ask the same one.
 *
 * <p>The order of the questions: path and host, whether the caller is proven, for calls from inside the boundaries, for
 * requests that enter the login's own endpoints, external authorizer, token and access, then for both caller rules,
 * guards, fault, route, choices, split, mirrors, rewrite.
 * Safe for use by many threads; nothing is allocated for an allowed request but the decision.
 */
public final class Evaluator {
    private final MeshModel model;
    private final Statuses statuses;
    private final InstantSource clock;
    private final List<CompiledApi> apis;
    private final HostTable<Site> entry;
    private final MeshHosts<CompiledApi> mesh;
    private final EgressTable egress;
    private final String trustDomain;
    private final CallerCheck callers;
    private final Boundaries boundaries;

    private Evaluator(
            MeshModel model, Statuses statuses, InstantSource clock, String trustDomain, @Nullable Evaluator before) {
        this.model = model;
        this.trustDomain = trustDomain;
        this.statuses = statuses;
        this.clock = clock;
        Map<String, CompiledApi> old = before == null ? Map.of() : before.guarded();
        Map<String, List<CompiledApi>> hosts = new HashMap<>();
        Map<String, CompiledApi> services = new HashMap<>();
        List<CompiledApi> all = new ArrayList<>(model.apis().size());
        for (ApiModel api : model.apis()) {
            CompiledApi compiled = new CompiledApi(api, clock, old.get(api.id()));
            all.add(compiled);
            api.entry()
                    .hosts()
                    .forEach(host ->
                            hosts.computeIfAbsent(host, h -> new ArrayList<>(1)).add(compiled));
            services.put(api.service().name() + "." + api.namespace(), compiled);
        }
        this.apis = List.copyOf(all);
        Map<String, Site> sites = new HashMap<>();
        hosts.forEach((host, here) -> sites.put(host, Site.of(here)));
        this.entry = new HostTable<>(sites);
        this.mesh = new MeshHosts<>(services);
        this.egress = new EgressTable(model.egress());
        this.callers = new CallerCheck(statuses, trustDomain);
        this.boundaries = new Boundaries(model, statuses);
    }

    private Map<String, CompiledApi> guarded() {
        Map<String, CompiledApi> guarded = new HashMap<>();
        apis.stream().filter(api -> !api.guards.isEmpty()).forEach(api -> guarded.put(api.model.id(), api));
        return guarded;
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
        return new Evaluator(model, statuses, clock, Caller.Workload.CLUSTER_LOCAL, null);
    }

    /**
     * The same evaluator in another trust domain. Whoever proves an identity of any other one is refused, because the
     * names of its namespaces are not the names of ours.
     *
     * @param domain for example {@code cluster.local}, which it is unless said
     * @return a new evaluator; guards keep what they have counted
     */
    public Evaluator trusting(String domain) {
        return new Evaluator(model, statuses, clock, domain, this);
    }

    /**
     * An evaluator for a changed model. Guards whose rule did not change keep what they have counted.
     *
     * @param changed what decides from now on
     * @return a new evaluator; this one goes on deciding as before
     */
    public Evaluator next(MeshModel changed) {
        return new Evaluator(changed, statuses, clock, trustDomain, this);
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
     * The trust domain of the callers that count.
     *
     * @return for example {@code cluster.local}
     */
    public String trustDomain() {
        return trustDomain;
    }

    /**
     * Whether anything is exposed at a host.
     *
     * @param authority the host as it came, with or without port
     * @return true if it is
     */
    public boolean exposes(String authority) {
        return entry.find(authority) != null;
    }

    /**
     * The API whose service a name means inside the mesh.
     *
     * @param authority {@code name.namespace}, also with {@code .svc} or {@code .svc.cluster.local}, with or without port
     * @return null if it means none
     */
    public @Nullable ApiModel called(String authority) {
        CompiledApi found = mesh.find(authority);
        return found == null ? null : found.model;
    }

    /**
     * The API for which a request enters, so that a gateway knows whose tokens to accept, and whom to ask, before it asks for
     * a decision.
     *
     * @param request the request
     * @return null if there is none, if the request comes from inside, or if its path is no good
     */
    public @Nullable ApiModel entered(Request request) {
        Site site = request.via() == Request.Via.MESH ? null : entry.find(request.host());
        if (site == null) {
            return null;
        }
        CompiledApi found = site.whole();
        if (found == null) {
            String path = PathNormalizer.WITH_PARAMETERS.normalize(request.path());
            found = path == null ? null : site.at(path);
        }
        return found == null ? null : found.model;
    }

    /**
     * The API for which a request enters, where nothing is wrong with the request itself, so that its external authorizer may
     * be asked.
     *
     * @param request the request
     * @return null if it will be refused whatever others say, or is for the login's own endpoints
     */
    public @Nullable ApiModel admitted(Request request) {
        ApiModel api = entered(request);
        String path = api == null ? null : PathNormalizer.WITH_PARAMETERS.normalize(request.path());
        if (api == null
                || path == null
                || path.indexOf(';') >= 0 && !api.entry().pathParameters()
                || callers.proven(api, request.caller(), null) != null
                || api.entry().login() != null && api.entry().login().step(path) != null) {
            return null;
        }
        return api;
    }

    /**
     * Decides a request.
     *
     * @param request the request
     * @param draw the chance for splits, mirrors and faults
     * @return where it goes, how it is answered in place of the service, or why it is refused
     */
    public Decision decide(Request request, Draw draw) {
        return decide(request, draw, null);
    }

    /**
     * Decides a request and tells each step. Guards are asked afresh, so that explaining uses nothing up.
     *
     * @param request the request
     * @param draw the chance for splits, mirrors and faults
     * @return the decision with its trace
     */
    public Explanation explain(Request request, Draw draw) {
        Trace trace = new Trace(true);
        Decision decision = decide(request, draw, trace);
        String query = request.query() == null ? "" : "?" + request.query();
        return new Explanation(
                request.method() + " " + request.host() + request.path() + query, decision, trace.steps());
    }

    /**
     * Decides a request as {@link #decide(Request, Draw)} does, and tells each step. This one counts: guards use up what it
     * takes. Its query is left out, because secrets travel in queries.
     *
     * @param request the request
     * @param draw the chance for splits, mirrors and faults
     * @return the decision with its trace
     */
    public Explanation trace(Request request, Draw draw) {
        Trace trace = new Trace(false);
        Decision decision = decide(request, draw, trace);
        return new Explanation(request.method() + " " + request.host() + request.path(), decision, trace.steps());
    }

    /**
     * Decides whether a call may leave the world.
     *
     * @param namespace where the caller lives
     * @param application who calls
     * @param host the name that is called, in any case, with or without a trailing dot
     * @param port the port that is called
     * @return the answer with its reason
     */
    public EgressDecision egress(String namespace, String application, String host, int port) {
        return egress.decide(namespace, application, host, port);
    }

    /**
     * The egress rule that governs a host.
     *
     * @param namespace where the callers live
     * @param host a host name in lower case, or {@code *.} and the rest of one for the names below it
     * @return null if no rule names it
     */
    public @Nullable EgressRule egressRule(String namespace, String host) {
        List<EgressRule> fitting = egress.fitting(namespace, host);
        return fitting.isEmpty() ? null : fitting.get(0);
    }

    private Decision decide(Request request, Draw draw, @Nullable Trace trace) {
        String raw = request.path();
        String path = PathNormalizer.WITH_PARAMETERS.normalize(raw);
        if (path == null) {
            return bad("path", String.valueOf(PathNormalizer.WITH_PARAMETERS.refusal(raw)), null, trace);
        }
        if (trace != null) {
            trace.path(raw, path);
        }
        boolean inside = request.via() == Request.Via.MESH;
        Site site = inside ? null : entry.find(request.host());
        CompiledApi api = inside ? mesh.find(request.host()) : site == null ? null : site.at(path);
        if (api == null) {
            return nobody(request.host(), !inside && exposes(request.host()), trace);
        }
        if (trace != null) {
            trace.host(request.host(), api.model, inside);
        }
        Refuse unproven = callers.proven(api.model, request.caller(), trace);
        if (unproven != null) {
            return unproven;
        }
        if (inside) {
            return inside(api, path, request, draw, trace);
        }
        if (path.indexOf(';') >= 0 && !api.model.entry().pathParameters()) {
            return bad("path", "a path must not contain ';'", api.model, trace);
        }
        return enter(api, path, request, draw, trace);
    }

    private Decision inside(CompiledApi api, String path, Request request, Draw draw, @Nullable Trace trace) {
        Refuse refused = boundaries.check(api.model, request.caller(), trace);
        if (refused == null) {
            refused = callers.rules(api, path, request, null, trace);
        }
        return refused == null ? Forwarding.inMesh(api.model, path, request, draw, trace) : refused;
    }

    private Decision enter(CompiledApi api, String path, Request request, Draw draw, @Nullable Trace trace) {
        Entry entered = api.model.entry();
        LoginRule login = entered.login();
        LoginRule.Step step = login == null ? null : login.step(path);
        if (login != null && step != null) {
            return Outside.login(api.model, login, step, trace);
        }
        AuthorizerRule authorizer = entered.authorizer();
        Refuse refused =
                authorizer == null ? null : Outside.authorized(api.model, authorizer, request.verdict(), trace);
        if (refused != null) {
            return refused;
        }
        AccessRule rule = null;
        if (entered.access().isRestricted()) {
            rule = api.access.find(path, request);
            refused = access(api.model, rule, request, trace);
            if (refused != null && refused.reason() == Reason.NO_TOKEN && login != null && Navigation.isOne(request)) {
                return new Decision.Login(api.model, rule, LoginRule.Step.NEEDED);
            }
        } else if (trace != null) {
            trace.open(api.model);
        }
        if (refused == null) {
            refused = callers.rules(api, served(api, path, request), request, rule, trace);
        }
        return refused == null ? pass(api, path, request, rule, draw, trace) : refused;
    }

    /** The path that the service would get: caller rules are its own, and speak of its own paths. */
    private static String served(CompiledApi api, String path, Request request) {
        Rewrite rewrite = api.asksCallers ? api.rewrites.find(path, request) : null;
        return rewrite == null ? path : rewrite.apply(path);
    }

    private @Nullable Refuse access(ApiModel api, @Nullable AccessRule rule, Request request, @Nullable Trace trace) {
        return Outside.isSession(api, request)
                ? AccessCheck.session(api, rule, request.session(), statuses, trace)
                : AccessCheck.check(api, rule, request.token(), statuses, trace);
    }

    private Decision pass(
            CompiledApi api,
            String path,
            Request request,
            @Nullable AccessRule rule,
            Draw draw,
            @Nullable Trace trace) {
        Refuse stopped = api.guards.isEmpty() ? null : guard(api, path, request, rule, trace);
        if (stopped != null) {
            return stopped;
        }
        return Forwarding.enter(api, rule, path, request, draw, trace);
    }

    private @Nullable Refuse guard(
            CompiledApi api, String path, Request request, @Nullable AccessRule rule, @Nullable Trace trace) {
        Guard.Call call = Outside.call(api.model, path, request);
        for (CompiledApi.Living living : api.guards) {
            Guard guard = trace != null && trace.isRehearsal() ? living.rule().start(clock) : living.guard();
            Guard.Refusal refusal = guard.check(call);
            if (trace != null) {
                trace.guard(living.rule(), refusal);
            }
            if (refusal != null) {
                return new Refuse(
                        refusal.status(),
                        Reason.GUARDED,
                        refusal.reason(),
                        null,
                        refusal.retryAfter(),
                        api.model,
                        rule);
            }
        }
        return null;
    }

    private Refuse nobody(String host, boolean shared, @Nullable Trace trace) {
        if (!Authority.isValid(host)) {
            return bad("host", "the host is not a host name", null, trace);
        }
        String why = shared ? "no API is exposed at this path of this host" : "no API is exposed at this host";
        if (trace != null) {
            trace.refused("host", why);
        }
        return new Refuse(statuses.of(Reason.UNKNOWN_HOST), Reason.UNKNOWN_HOST, why, null, null, null);
    }

    private Refuse bad(String stage, String why, @Nullable ApiModel api, @Nullable Trace trace) {
        if (trace != null) {
            trace.refused(stage, why);
        }
        return new Refuse(statuses.of(Reason.BAD_REQUEST), Reason.BAD_REQUEST, why, null, api, null);
    }
}
