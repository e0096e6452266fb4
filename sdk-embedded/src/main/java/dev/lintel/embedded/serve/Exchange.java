package dev.lintel.embedded.serve;

import dev.lintel.auth.jwt.TokenVerifier;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.Bearer;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.Trailers;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.View;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One request, from its head to the end of its answer. */
final class Exchange {
    /** As much of a refused request's body is read past, to keep the connection. */
    private static final int DRAIN = 64 * 1024;

    private final Front front;
    private final Engine engine;
    private final RequestHead head;
    private final long started = Ticks.now();
    private Sink sink = Sink.WAITING;
    private @Nullable Decision decision;
    private @Nullable Explanation explanation;
    private final View view;
    private long received;
    private @Nullable HttpResponse held;
    private boolean judging;
    private boolean welcomed;
    private boolean broken;
    private boolean requestDone;
    private boolean responseBegun;
    private boolean responseDone;
    private boolean keepAlive;
    private int status;

    Exchange(Front front, RequestHead head) {
        this.front = front;
        this.engine = front.engine();
        this.head = head;
        this.view = engine.view();
        this.requestDone = !head.hasBody();
    }

    RequestHead head() {
        return head;
    }

    Front front() {
        return front;
    }

    boolean requestDone() {
        return requestDone;
    }

    void start() {
        Refusal refusal = head.refusal();
        long most = engine.limits().body();
        if (refusal != null) {
            broken = true;
            refuse(refusal.status(), refusal.detail(), null);
        } else if (most > 0 && head.length() > most) {
            refuse(413, "the body is too large", null);
        } else {
            judge();
        }
    }

    /** A token is judged where an API trusts an issuer; any other Authorization is the service's own business. */
    private void judge() {
        String authorization = head.authorization();
        ApiModel api = authorization == null ? null : view.evaluator().exposedAt(head.host());
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
                front.pump();
                flushBody();
                front.flush();
            }
        });
    }

    private void decide() {
        Decision made = made();
        decision = made;
        if (made instanceof Decision.Refuse refused) {
            refuse(refused.status(), refused.detail(), refused.challenge());
        } else if (made instanceof Decision.Forward forward) {
            forward(forward);
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

    private void record(boolean whole) {
        Recorder recorder = engine.recorder();
        if (recorder != null) {
            recorder.ended(head, explanation, status, whole);
        }
    }

    private void forward(Decision.Forward forward) {
        Group group = view.target(forward);
        if (group == null) {
            fail(Failure.CONNECT);
            return;
        }
        Instance instance = group.pick(null);
        if (instance instanceof Instance.Local local) {
            LocalRun run = new LocalRun(this, forward, group, local);
            sink = run;
            run.start();
        } else {
            Relay relay = new Relay(this, forward, group, instance);
            sink = relay;
            relay.start();
        }
        rearm();
    }

    /** Tells a client that waits for it to go on with the body. */
    void welcomeBody() {
        if (head.awaitsContinue() && !responseBegun && !welcomed) {
            welcomed = true;
            front.expectHead(false);
            front.write(Answers.goOn());
            front.flush();
        }
    }

    boolean takesBody() {
        return sink.ready();
    }

    void body(HttpContent content) {
        if (RequestReader.undecodable(content.decoderResult()) != null) {
            content.release();
            broken = true;
            giveUp(400, "the body is not valid HTTP/1.1");
            return;
        }
        received += content.content().readableBytes();
        if (engine.limits().body() > 0 && received > engine.limits().body()) {
            content.release();
            giveUp(413, "the body is too large");
            return;
        }
        if (content instanceof LastHttpContent last) {
            Trailers.clean(last.trailingHeaders());
            requestDone = true;
        }
        boolean answered = responseDone;
        sink.take(content);
        if (requestDone && answered) {
            front.next();
        } else {
            rearm();
        }
    }

    void flushBody() {
        sink.flush();
    }

    void clientWritable(boolean writable) {
        sink.clientWritable(writable);
    }

    /** Answers in place of the service if nothing was answered yet, and breaks off otherwise. */
    void giveUp(int instead, String detail) {
        judging = false;
        sink.cancel();
        takeBack();
        if (responseBegun) {
            engine.counters().aborted();
            record(false);
            front.abort();
        } else {
            refuse(instead, detail, null);
        }
    }

    void fail(Failure failure) {
        takeBack();
        if (responseBegun) {
            engine.counters().aborted();
            AccessLog.broken(front, head, decision, status, started);
            record(false);
            front.abort();
        } else {
            refuse(failure.status(), failure.detail(), null);
        }
    }

    /** A head that has not been sent yet is not sent if something goes wrong. */
    private void takeBack() {
        if (held != null) {
            held = null;
            responseBegun = false;
        }
    }

    private void refuse(int with, String detail, @Nullable String challenge) {
        begin(Answers.retryAfter(Answers.problem(with, detail, challenge), decision), requestDone || drains());
        end();
    }

    /** Whether so little is left of the body that reading past it is cheaper than a new connection. */
    private boolean drains() {
        boolean coming = !head.awaitsContinue() || welcomed;
        return coming && head.length() >= 0 && head.length() - received <= DRAIN;
    }

    /**
     * Begins the answer.
     *
     * @param response its head, or all of it
     * @param reusable whether the client could tell where it ends
     */
    void begin(HttpResponse response, boolean reusable) {
        responseBegun = true;
        status = response.status().code();
        keepAlive = reusable && !broken && head.keepAlive() && !engine.stopping();
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (head.isHttp10()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        front.expectHead(head.refusal() == null && head.isHead());
        if (response instanceof FullHttpResponse) {
            front.write(response);
        } else {
            held = response;
        }
    }

    /** Goes on with the answer; a head and a whole body that came together leave as one message, in one buffer. */
    void proceed(HttpContent content) {
        HttpResponse begun = held;
        held = null;
        if (begun == null) {
            front.write(content);
        } else if (content instanceof LastHttpContent last) {
            front.write(new DefaultFullHttpResponse(
                    begun.protocolVersion(), begun.status(), last.content(), begun.headers(), last.trailingHeaders()));
        } else {
            front.write(begun);
            front.write(content);
        }
    }

    /** Sends what is there of the answer. */
    void flushAnswer() {
        HttpResponse begun = held;
        if (begun != null) {
            held = null;
            front.write(begun);
        }
        front.flush();
    }

    /** The answer has been written whole. */
    void end() {
        responseDone = true;
        engine.counters().answered(status);
        AccessLog.answered(front, head, decision, status, started);
        record(true);
        front.flush();
        if (keepAlive && requestDone) {
            front.next();
        } else if (keepAlive && drains()) {
            sink = new Drain();
            front.block(false);
            front.alarm(Ticks.now() + engine.limits().head());
            front.pump();
        } else if (requestDone && !broken) {
            front.close();
        } else {
            front.linger();
        }
    }

    void rearm() {
        if (!responseDone) {
            long body = requestDone ? Ticks.NEVER : started + engine.limits().request();
            front.alarm(Math.min(body, sink.deadline()));
        }
    }

    void expired(long now) {
        if (responseDone) {
            front.linger();
        } else if (!requestDone && now >= started + engine.limits().request()) {
            late();
        } else {
            sink.expired(now);
            rearm();
        }
    }

    /** Who is late: the service that does not take the body, or the client that does not send it. */
    private void late() {
        broken = true;
        if (front.isBlocked()) {
            giveUp(Failure.TIMEOUT.status(), Failure.TIMEOUT.detail());
        } else {
            giveUp(408, "the request did not come in time");
        }
    }

    /** The client has gone. */
    void abandoned() {
        judging = false;
        sink.cancel();
        if (!responseDone) {
            engine.counters().aborted();
            AccessLog.broken(front, head, decision, status, started);
            record(false);
        }
    }

    /** Reads past what is left of a body that nobody wants. */
    private static final class Drain implements Sink {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void take(HttpContent content) {
            content.release();
        }
    }
}
