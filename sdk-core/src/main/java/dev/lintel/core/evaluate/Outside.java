package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.LoginRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What others said about a request before its token is judged: the external authorizer, and the login. */
final class Outside {
    private Outside() {}

    /** Null lets the request pass. An authorizer that was not asked has allowed nothing, except where this is a rehearsal. */
    static @Nullable Refuse authorized(ApiModel api, AuthorizerRule rule, Verdict verdict, @Nullable Trace trace) {
        boolean rehearsal = trace != null && trace.isRehearsal();
        Refuse refused = null;
        String text = "allowed";
        if (verdict instanceof Verdict.Denied denied) {
            text = "refused with " + denied.status();
            refused = refuse(api, denied.status(), Reason.UNAUTHORIZED, "the external authorizer refused it");
        } else if (verdict instanceof Verdict.Unasked && rehearsal) {
            text = "would be asked; taken as allowed here";
        } else if (!(verdict instanceof Verdict.Allowed)) {
            String why = verdict instanceof Verdict.Failed failed ? failed.reason() : "it was not asked";
            // What was not asked has not failed: nobody said that such a request may go on.
            boolean open = rule.failOpen() && verdict instanceof Verdict.Failed;
            text = why + (open ? ": goes on all the same" : ": refused");
            refused = open
                    ? null
                    : refuse(
                            api,
                            rule.statusOnError(),
                            Reason.AUTHORIZER_FAILED,
                            "the external authorizer gave no answer");
        }
        if (trace != null) {
            trace.authorizer(rule, text);
        }
        return refused;
    }

    private static Refuse refuse(ApiModel api, int status, Reason reason, String why) {
        return new Refuse(status, reason, why, null, api, null);
    }

    /** The token that counts: the one that was presented, or else the session's. A broken session counts as none. */
    static Token token(ApiModel api, Request request) {
        return api.entry().login() != null
                        && request.token() instanceof Token.None
                        && request.session() instanceof Token.Verified session
                ? session
                : request.token();
    }

    static boolean isSession(ApiModel api, Request request) {
        return token(api, request) != request.token();
    }

    static Decision login(ApiModel api, LoginRule rule, LoginRule.Step step, @Nullable Trace trace) {
        if (trace != null) {
            trace.login(rule, "this is the login's own: " + step);
        }
        return new Decision.Login(api, null, step);
    }

    /** What a guard is told of a request: of a token only what counts. */
    static Guard.Call call(ApiModel api, String path, Request request) {
        if (token(api, request) instanceof Token.Verified token) {
            return new Guard.Call(
                    api.id(),
                    request.method(),
                    path,
                    token.issuer(),
                    token.subject(),
                    token.claims(),
                    request.address());
        }
        return new Guard.Call(api.id(), request.method(), path, null, null, Map.of(), request.address());
    }
}
