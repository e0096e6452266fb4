package dev.lintel.core.plan;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One API before and now, each with its evaluator, and the requests and callers that tell them apart.
 *
 * <p>Issuers, audiences, logins, authorizers and guards are told apart from rules. Here both sides trust whom the new one
 * trusts, people log in on both as they do on the new one, and nobody else is asked, so that a rule is blamed for what the
 * rule does.
 */
final class Sides {
    private static final Draw FIRST = bound -> 0;
    /** A host that nobody has. */
    private static final String NOWHERE = "nowhere.invalid";

    /** Refusals that access rules are to blame for. */
    static final Set<Reason> BY_ACCESS = Set.of(
            Reason.NO_TOKEN,
            Reason.INVALID_TOKEN,
            Reason.WRONG_AUDIENCE,
            Reason.INSUFFICIENT_SCOPE,
            Reason.DENIED,
            Reason.UNMATCHED,
            Reason.UNVERIFIABLE);

    final ApiModel before;
    final ApiModel now;
    final Landscape land;
    final List<Caller> callers;
    private final Evaluator asBefore;
    private final Evaluator asNow;

    /**
     * Compares two APIs.
     *
     * @throws IllegalArgumentException if the paths of their rules overlap in too many ways
     */
    Sides(ApiModel before, ApiModel now, List<IsolationRule> boundariesBefore, List<IsolationRule> boundariesNow) {
        Access trusted = now.entry().access();
        Access old = before.entry().access();
        boolean comparable = trusted.isRestricted() && old.isRestricted();
        this.before = before;
        this.now = now;
        this.land = new Landscape(before, now);
        this.callers = CallerWitnesses.of(List.of(before, now), boundariesBefore, boundariesNow);
        this.asNow = evaluator(now, trusted, now.entry().login(), boundariesNow);
        this.asBefore = evaluator(
                before,
                comparable ? new Access(trusted.issuers(), trusted.audiences(), old.rules()) : old,
                comparable ? now.entry().login() : null,
                boundariesBefore);
    }

    private static Evaluator evaluator(
            ApiModel api, Access access, @Nullable LoginRule login, List<IsolationRule> boundaries) {
        Entry entry = api.entry();
        Entry bare = new Entry(
                entry.hosts(),
                access,
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                null,
                login);
        ApiModel alone =
                new ApiModel(api.name(), api.namespace(), bare, api.service(), List.of(), api.origin(), api.front());
        return Evaluator.of(new MeshModel(List.of(alone), List.of(), boundaries));
    }

    /** What came of a request that enters with a token, or with a session where people log in. */
    Decision enters(boolean asItWas, Caller caller, String method, String path, Token token, boolean session) {
        ApiModel api = asItWas ? before : now;
        RequestValue request = RequestValue.of(method, host(api), path, null).caller(caller);
        return (asItWas ? asBefore : asNow).decide(session ? request.session(token) : request.token(token), FIRST);
    }

    /** One of its hosts; in the middle of an apply that was cut off a route may stand at a gateway that serves none of them. */
    private static String host(ApiModel api) {
        return api.entry().hosts().stream().findFirst().orElse(NOWHERE);
    }

    Decision calls(boolean asItWas, Caller caller, String method, String path) {
        ApiModel api = asItWas ? before : now;
        RequestValue request = RequestValue.of(method, api.service().name() + "." + api.namespace(), path, null)
                .inMesh()
                .caller(caller);
        return (asItWas ? asBefore : asNow).decide(request, FIRST);
    }

    /** Whether a request entered or was answered in place of the service, which it may be only if it had passed. */
    static boolean passes(Decision decision) {
        return decision instanceof Decision.Forward || decision instanceof Decision.Reply;
    }

    /** Whether something was refused for one of some reasons and passes now. */
    private static boolean flips(Decision was, Decision is, Set<Reason> blamed) {
        return was instanceof Decision.Refuse refuse && blamed.contains(refuse.reason()) && passes(is);
    }

    /** Whether somebody who enters gets through now who was refused for one of some reasons; null tokens are too many. */
    boolean opensEntry(String method, String path, @Nullable List<Token> tokens, Set<Reason> blamed) {
        if (tokens == null) {
            return true;
        }
        boolean login = now.entry().login() != null;
        for (Caller caller : callers) {
            for (Token token : tokens) {
                if (opens(caller, method, path, token, false, blamed)
                        || login && opens(caller, method, path, token, true, blamed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean opens(Caller caller, String method, String path, Token token, boolean session, Set<Reason> blamed) {
        return flips(
                enters(true, caller, method, path, token, session),
                enters(false, caller, method, path, token, session),
                blamed);
    }

    /** Who calls from inside gets through now and was refused for one of some reasons. */
    List<Caller> openedInside(String method, String path, Set<Reason> blamed) {
        List<Caller> opened = new ArrayList<>();
        for (Caller caller : callers) {
            if (flips(calls(true, caller, method, path), calls(false, caller, method, path), blamed)) {
                opened.add(caller);
            }
        }
        return opened;
    }

    /** Paths that only this region governs, without and with parameters; empty if narrower ones leave nothing of it. */
    List<String> paths(PathPattern region) {
        List<String> paths = new ArrayList<>();
        land.path(region, land.free()).ifPresent(paths::add);
        land.path(region, land.free() + ";p")
                .filter(path -> path.indexOf(';') > 0)
                .ifPresent(paths::add);
        return paths;
    }

    /** Whether rules refuse some caller. */
    static boolean asksCallers(ApiModel api) {
        return api.service().callers().stream().anyMatch(rule -> !rule.everybody());
    }
}
