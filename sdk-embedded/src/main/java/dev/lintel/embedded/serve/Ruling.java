package dev.lintel.embedded.serve;

import dev.lintel.auth.jwt.TokenVerifier;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.elsewhere.ForwardedUrl;
import dev.lintel.embedded.wire.Bearer;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RouteService;
import dev.lintel.embedded.wire.VerdictEdits;
import dev.lintel.embedded.world.View;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What is decided about one request, once its token has been judged. */
final class Ruling {
    private final Exchange exchange;
    private final Front front;
    private final Engine engine;
    private final RequestHead head;
    private final View view;
    private @Nullable Decision decision;
    private @Nullable Explanation explanation;
    private @Nullable Consultation consultation;
    private boolean judging;
    private final LoginEntry entry;

    Ruling(Exchange exchange, View view) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.engine = front.engine();
        this.head = exchange.head();
        this.view = view;
        this.entry = new LoginEntry(exchange, view);
    }

    /** Null as long as nothing is decided. */
    @Nullable
    Decision decision() {
        return decision;
    }

    /** Why it is refused before anything is decided; null if it may be decided. */
    @Nullable
    Refusal refusal() {
        if (head.refusal() != null) {
            return head.refusal();
        }
        Refusal misdirected = front.arrival().introduce(head, view.evaluator());
        return misdirected == null ? followed() : misdirected;
    }

    /** What the router of Cloud Foundry wanted is what is decided, where the service is behind that router. */
    private @Nullable Refusal followed() {
        RouteService said = head.routeService();
        ApiModel api = said == null ? null : view.evaluator().entered(head);
        FarSide far = api == null ? null : view.farSide(api);
        return said == null || far == null || !far.isCloudFoundry()
                ? null
                : ForwardedUrl.follow(head, said, far.authority());
    }

    /** Who has logged in is known before anybody else is asked. */
    void judge() {
        if (entry.begin(this::consult)) {
            consult();
        }
    }

    /** An external authorizer is asked first: what it changes is there before the token is judged. */
    private void consult() {
        ApiModel api = view.asks() ? view.evaluator().admitted(head) : null;
        AuthorizerRule rule = api == null ? null : api.entry().authorizer();
        if (api == null || rule == null) {
            judgeToken();
        } else {
            // A token that was presented counts in place of a session, good or not; what nobody judges is none.
            String presented = head.authorization();
            entry.admit(presented != null && view.verifier(api) != null && Bearer.isBearer(presented));
            Consultation begun = new Consultation(exchange, api.id(), rule, this::judgeToken);
            consultation = begun;
            begun.begin();
        }
    }

    /** What was kept of the body for the authorizer comes again. */
    void giveBack() {
        if (consultation != null) {
            consultation.giveBack();
        }
    }

    /** Changes an answer as the authorizer wants it. */
    void edit(HttpHeaders answer) {
        if (head.verdict() instanceof Verdict.Allowed allowed) {
            VerdictEdits.apply(answer, allowed.response());
        }
    }

    /** A token is judged where an API trusts an issuer; any other Authorization is the service's own business. */
    private void judgeToken() {
        String authorization = head.authorization();
        ApiModel api = authorization == null ? null : view.evaluator().entered(head);
        TokenVerifier verifier = api == null ? null : view.verifier(api);
        if (authorization == null || verifier == null || !Bearer.isBearer(authorization)) {
            decide();
            return;
        }
        String bearer = Bearer.token(authorization);
        Token known = bearer == null ? Bearer.MALFORMED : verifier.cached(bearer);
        if (bearer == null || known != null) {
            head.token(known == null ? Bearer.MALFORMED : known);
            decide();
        } else {
            judging = true;
            verifier.verify(bearer).thenAccept(this::judged);
        }
    }

    private void judged(Token token) {
        front.later(() -> {
            if (judging) {
                judging = false;
                head.token(token);
                decide();
                exchange.resume();
            }
        });
    }

    /** Nobody waits for it any more. */
    void cancel() {
        judging = false;
        if (consultation != null) {
            consultation.cancel();
        }
        entry.cancel();
    }

    private void decide() {
        entry.admit(!(head.token() instanceof Token.None));
        Decision made = made();
        decision = made;
        if (made instanceof Decision.Login login) {
            entry.answer(login);
        } else {
            exchange.decided(made);
        }
    }

    /** Steps are noted only for somebody who wants to hear of them. */
    private Decision made() {
        if (engine.recorder() == null) {
            return view.evaluator().decide(head, engine.draw());
        }
        Explanation traced = view.evaluator().trace(head, engine.draw());
        explanation = traced;
        return traced.decision();
    }

    LoginEntry entry() {
        return entry;
    }

    void record(int status, boolean whole) {
        Recorder recorder = engine.recorder();
        if (recorder != null) {
            recorder.ended(head, explanation, status, whole);
        }
    }
}
