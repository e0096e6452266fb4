package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.Trailers;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.View;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request, from its head to the end of its answer. */
final class Exchange {
    /** As much of a refused request's body is read past, to keep the connection. */
    private static final int DRAIN = 64 * 1024;

    private final Front front;
    private final Engine engine;
    private final RequestHead head;
    private final long started = Ticks.now();
    private long reading = started;
    private Sink sink = Sink.WAITING;
    private final View view;
    private final Ruling ruling;
    private @Nullable Passage passage;
    private long received;
    private @Nullable HttpResponse held;
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
        this.ruling = new Ruling(this, view);
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
        Refusal refusal = ruling.refusal();
        long most = engine.limits().body();
        if (refusal != null) {
            broken = head.refusal() != null;
            answer(Answers.problem(refusal.status(), refusal.detail(), null));
        } else if (most > 0 && head.length() > most) {
            answer(Answers.problem(413, "the body is too large", null));
        } else {
            ruling.judge();
        }
    }

    void decided(Decision made) {
        if (made instanceof Decision.Refuse refused) {
            answer(ruling.entry().refusal(refused));
        } else if (made instanceof Decision.Reply reply) {
            hold(reply.delay(), () -> reply(reply));
        } else if (made instanceof Decision.Forward forward) {
            hold(forward.delay(), () -> forward(forward));
        }
    }

    private void forward(Decision.Forward forward) {
        ruling.giveBack();
        Group group = view.target(forward);
        if (group == null) {
            fail(Failure.CONNECT);
            return;
        }
        Passage made = new Passage(this, view, forward, group);
        passage = made;
        made.begin();
    }

    private void reply(Decision.Reply reply) {
        engine.counters().replied();
        answer(ruling.entry().amended(Answers.replyOrProblem(reply)));
    }

    /** Goes on later, without a thread that waits; the time for the body is counted from then on. */
    private void hold(@Nullable Duration length, Runnable next) {
        if (length == null || engine.stopping()) {
            // Nobody would release it: the word that the gateway stops has been given already.
            next.run();
            return;
        }
        Pause pause = new Pause(() -> {
            goesOn();
            next.run();
            rearm();
            resume();
        });
        pause.begin(front, view.time(), length);
        holdsUp(pause);
    }

    /** Nothing is read of the body until {@link #goesOn()}, and its time does not run meanwhile. */
    void holdsUp(Sink by) {
        sink = by;
        reading = Ticks.NEVER;
        rearm();
    }

    void goesOn() {
        sink = Sink.WAITING;
        reading = Ticks.now();
    }

    /** What was taken of the body comes again. */
    void unread() {
        requestDone = false;
        received = 0;
    }

    /** The gateway stops. */
    void stopping() {
        sink.stopping();
    }

    /** Says where the body goes from now on. */
    void sink(Sink next) {
        sink = next;
    }

    /** Goes on after something that did not come from the client. */
    void resume() {
        front.pump();
        flushBody();
        front.flush();
    }

    /** What goes on of this request. */
    Onward onward() {
        return Objects.requireNonNull(passage, "nothing goes on yet").onward();
    }

    /** Gives the whole request to another sink; the body, if there is one, comes again. */
    void repeat(@Nullable LastHttpContent body) {
        sink.cancel();
        takeBack();
        if (body != null) {
            unread();
            front.again(body);
        }
    }

    /** The connection has no more to do with it. */
    void over() {
        ruling.cancel();
        if (passage != null) {
            passage.over();
        }
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
            head.amendment().trailers(last.trailingHeaders());
            requestDone = true;
        }
        boolean answered = responseDone;
        if (passage != null) {
            passage.add(content);
        }
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
        ruling.cancel();
        sink.cancel();
        takeBack();
        if (responseBegun) {
            engine.counters().aborted();
            ruling.record(status, false);
            front.abort();
        } else {
            answer(Answers.problem(instead, detail, null));
        }
    }

    void fail(Failure failure) {
        takeBack();
        if (responseBegun) {
            engine.counters().aborted();
            AccessLog.broken(front, head, ruling.decision(), status, started);
            ruling.record(status, false);
            front.abort();
        } else {
            answer(Answers.failure(failure));
        }
    }

    /** A head that has not been sent yet is not sent if something goes wrong. */
    private void takeBack() {
        if (held != null) {
            held = null;
            responseBegun = false;
        }
    }

    /** Answers in place of the service. */
    void answer(FullHttpResponse own) {
        begin(own, requestDone || drains());
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
        if (passage != null && passage.keeps()) {
            return;
        }
        ruling.edit(response.headers());
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
        if (responseDone || !responseBegun) {
            return;
        }
        responseDone = true;
        engine.counters().answered(status);
        AccessLog.answered(front, head, ruling.decision(), status, started);
        ruling.record(status, true);
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
            front.alarm(Math.min(bodyDeadline(), sink.deadline()));
        }
    }

    private long bodyDeadline() {
        return requestDone || reading == Ticks.NEVER
                ? Ticks.NEVER
                : reading + engine.limits().request();
    }

    void expired(long now) {
        if (responseDone) {
            front.linger();
        } else if (now >= bodyDeadline()) {
            late();
        } else {
            sink.expired(now);
            rearm();
        }
    }

    /** Who is late: the service that does not take the body, or the client that does not send it. */
    private void late() {
        broken = true;
        boolean service = front.isBlocked();
        giveUp(
                service ? Failure.TIMEOUT.status() : 408,
                service ? Failure.TIMEOUT.detail() : "the request did not come in time");
    }

    /** The client has gone. */
    void abandoned() {
        ruling.cancel();
        sink.cancel();
        if (!responseDone) {
            engine.counters().aborted();
            AccessLog.broken(front, head, ruling.decision(), status, started);
            ruling.record(status, false);
        }
    }
}
