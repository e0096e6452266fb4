package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Navigation;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.login.ApiLogin;
import dev.lintel.embedded.login.Entrance;
import dev.lintel.embedded.login.HostFields;
import dev.lintel.embedded.login.LoginAnswer;
import dev.lintel.embedded.login.LoginPages;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.world.View;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The part of the login in one request: who has come, before it is decided, and what the login answers afterwards. */
final class LoginEntry {
    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final View view;
    private @Nullable ApiLogin login;
    private @Nullable HostFields fields;
    private @Nullable Entrance entrance;
    private boolean waiting;

    LoginEntry(Exchange exchange, View view) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.view = view;
    }

    /**
     * Finds out who has come.
     *
     * @param next what goes on when that takes time
     * @return whether it is known, and the caller goes on by itself
     */
    boolean begin(Runnable next) {
        if (!view.anyLogin()) {
            return true;
        }
        ApiModel api = view.evaluator().entered(head);
        ApiLogin found = api == null ? null : view.login(api);
        fields = api == null ? null : view.loginFields(api);
        if (fields != null) {
            head.amendment(fields);
        }
        login = found;
        if (found == null) {
            return true;
        }
        CompletableFuture<Entrance> coming = found.enter(head).toCompletableFuture();
        if (coming.isDone() && !coming.isCompletedExceptionally()) {
            entrance = coming.join();
            return true;
        }
        waiting = true;
        var unused = coming.whenComplete((came, fault) -> later(() -> {
            entrance = came;
            next.run();
        }));
        return false;
    }

    private void later(Runnable work) {
        front.later(() -> {
            if (waiting) {
                waiting = false;
                work.run();
                exchange.resume();
            }
        });
    }

    /**
     * Says who has come, and what the service gets to know.
     *
     * @param presented whether a token was presented, which counts instead
     */
    void admit(boolean presented) {
        ApiLogin here = login;
        HostFields removed = fields;
        if (here != null && removed != null) {
            Entrance came = entrance == null ? Entrance.nobody() : entrance;
            head.session(came.token());
            head.amendment(here.passport(came, presented, removed));
        }
    }

    /** Answers in place of the service. The body, which a logout token comes in, is read first. */
    void answer(Decision.Login decided) {
        ApiLogin here = login;
        if (here == null) {
            exchange.answer(Answers.login(LoginPages.refused(500, ""), null));
            return;
        }
        Entrance came = entrance == null ? Entrance.nobody() : entrance;
        if (head.hasBody() && head.method().equals("POST")) {
            exchange.sink(new SmallBody(body -> ask(here, decided, came, body), exchange));
            exchange.welcomeBody();
        } else {
            ask(here, decided, came, "");
        }
    }

    private void ask(ApiLogin here, Decision.Login decided, Entrance came, String body) {
        exchange.sink(Sink.WAITING);
        waiting = true;
        CompletionStage<LoginAnswer> answer = here.answer(decided.step(), head, came, body);
        var unused = answer.whenComplete((made, fault) ->
                later(() -> exchange.answer(Answers.login(made == null ? LoginPages.refused(500, "") : made, null))));
    }

    /** What the authorizer wants to be told, or else a problem document, or a page in its place where a browser asks for one at an API with a login. */
    FullHttpResponse refusal(Decision.Refuse refused) {
        FullHttpResponse said = Answers.said(refused, head.verdict());
        if (said != null) {
            return amended(said);
        }
        int status = refused.status();
        ApiLogin here = login;
        boolean page = here != null && head.refusal() == null && Navigation.isOne(head);
        FullHttpResponse answer = here != null && page
                ? Answers.login(LoginPages.refused(status, here.rule().prefix() + "/sign_out"), refused.challenge())
                : Answers.problem(status, refused.detail(), refused.challenge());
        return Answers.retryAfter(amended(answer), refused);
    }

    /** An answer in place of the service's, with what the session wants of it. */
    FullHttpResponse amended(FullHttpResponse own) {
        head.amendment().response(own.headers());
        return own;
    }

    /** Nobody waits for it any more. */
    void cancel() {
        waiting = false;
    }
}
