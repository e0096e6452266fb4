package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.wire.ResponseReader.ResponseHead;
import dev.lintel.embedded.wire.Trailers;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.Visit;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes a request on to a workload and its response back, trying again where the model says so. */
@SuppressWarnings("FutureReturnValueIgnored") // a retry looks itself whether it is still wanted
final class Relay implements Sink {
    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final Forward forward;
    private final Group group;
    private final @Nullable Visit visit;
    private final @Nullable Meter meter;
    private final HttpRequest request;
    private final Retries retries;
    private final Replay replay;
    private final @Nullable TimeoutRule timeout;
    private long whole;
    private long total = Ticks.NEVER;
    private Instance instance;
    private @Nullable Try current;
    private @Nullable Connection sending;
    private @Nullable ResponseHead answer;
    private long patience = Ticks.NEVER;
    private int status;
    private boolean done;

    Relay(Exchange exchange, Forward forward, Group group, @Nullable Visit visit, Instance first) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.forward = forward;
        this.group = group;
        this.visit = visit;
        this.meter = group.meter();
        this.instance = first;
        this.request =
                Outgoing.request(head, forward, front.client(), front.engine().tls());
        RetryRule rule = forward.api().service().retry();
        this.retries =
                new Retries(rule, head.isIdempotent(), visit, front.engine().draw());
        this.replay = new Replay(rule != null || head.isIdempotent());
        this.timeout = forward.api().service().timeout();
        if (exchange.requestDone()) {
            startClock();
        }
    }

    /** As in Envoy, the time of a call counts from the end of the request: a long upload is not the service's fault. */
    private void startClock() {
        long now = Ticks.now();
        whole = now;
        total = timeout == null ? Ticks.NEVER : now + timeout.total().toNanos();
        startTry(now);
    }

    private void startTry(long now) {
        patience = Math.min(retries.patience(now), now + front.engine().limits().response());
    }

    void start() {
        Try next = new Try(this);
        current = next;
        sending = null;
        answer = null;
        long now = Ticks.now();
        startTry(now);
        if (!exchange.requestDone() && timeout != null) {
            total = now + timeout.total().toNanos();
        }
        if (instance instanceof Instance.Remote remote) {
            next.waits(front.pool().acquire(remote.address(), visit == null ? null : visit.connections(), next));
        }
    }

    void connected(Connection made) {
        sending = made;
        if (!exchange.requestDone()) {
            // The body is not read before there is somewhere to send it; until then the wait is limited, not the
            // upload.
            patience = Ticks.NEVER;
            total = Ticks.NEVER;
        }
        made.expect(head.isHead());
        made.write(request);
        replay.sendTo(made);
        exchange.welcomeBody();
        front.pump();
        made.flush();
    }

    @Override
    public boolean ready() {
        return sending != null;
    }

    @Override
    public void take(HttpContent content) {
        Connection to = sending;
        if (to == null) {
            content.release();
            return;
        }
        if (exchange.requestDone() && answer == null) {
            startClock();
        }
        replay.add(content);
        to.write(content);
        if (!to.isWritable()) {
            front.block(true);
        }
    }

    @Override
    public void flush() {
        if (sending != null) {
            sending.flush();
        }
    }

    void serviceWritable(boolean writable) {
        front.block(!writable);
    }

    @Override
    public void clientWritable(boolean writable) {
        if (sending != null) {
            sending.read(writable);
        }
    }

    void head(HttpResponse response) {
        ResponseHead read = ResponseReader.read(response, head.isHead());
        Try from = current;
        if (from == null || sending == null) {
            return;
        }
        if (read == null) {
            from.giveUp();
            failed(from, Failure.GARBAGE);
            return;
        }
        if (visit != null) {
            visit.answered(response.status().code());
        }
        if (replay.isWhole() && retries.again(response)) {
            from.giveUp();
            retryLater();
        } else {
            answer = read;
            status = response.status().code();
            replay.release();
            patience = Ticks.now() + front.engine().limits().request();
            Outgoing.response(
                    response, head, read.framing(), forward, front.engine().tls());
            boolean endless = head.isHttp10() && read.framing() != Framing.LENGTH && read.framing() != Framing.NONE;
            exchange.begin(response, !endless);
            exchange.rearm();
        }
    }

    void content(HttpContent content) {
        ResponseHead read = answer;
        Connection from = sending;
        if (read == null || from == null) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last) {
            Trailers.clean(((LastHttpContent) content).trailingHeaders());
        } else {
            patience = Ticks.now() + front.engine().limits().request();
        }
        exchange.proceed(content);
        if (last) {
            finish(from, read);
        } else if (!front.isWritable()) {
            from.read(false);
        }
    }

    private void finish(Connection from, ResponseHead read) {
        done = true;
        current = null;
        sending = null;
        if (read.keepAlive() && exchange.requestDone()) {
            from.rest();
        } else {
            from.close();
        }
        leave(status >= 500);
        exchange.end();
    }

    void readComplete() {
        exchange.flushAnswer();
        if (answer != null && !done) {
            exchange.rearm();
        }
    }

    void failed(Try from, Failure failure) {
        if (done || from != current) {
            return;
        }
        current = null;
        sending = null;
        boolean replayable = answer == null && replay.isWhole();
        if (replayable && failure == Failure.RESET && from.mayBeStale() && retries.onceMore()) {
            start();
            return;
        }
        if (visit != null && (failure != Failure.TIMEOUT || from.blamesWorkload())) {
            visit.failed(failure);
        }
        if (replayable && retries.again(failure)) {
            retryLater();
        } else {
            fail(failure);
        }
    }

    private void fail(Failure failure) {
        leave(true);
        stop();
        exchange.fail(failure);
    }

    /** The call has come to its end, as the caller sees it. */
    private void leave(boolean error) {
        if (visit != null) {
            visit.end();
        }
        if (meter != null) {
            meter.ended(error, whole == 0 ? 0 : Ticks.now() - whole);
        }
    }

    private void retryLater() {
        current = null;
        sending = null;
        patience = Ticks.NEVER;
        front.engine().counters().retried();
        front.loop().schedule(this::retry, retries.backOff(), TimeUnit.NANOSECONDS);
    }

    private void retry() {
        if (!done) {
            Instance other = visit == null ? group.pick(instance) : visit.next();
            if (other == null) {
                fail(Failure.UNREADY);
                return;
            }
            instance = other instanceof Instance.Remote ? other : instance;
            start();
            exchange.rearm();
        }
    }

    @Override
    public long deadline() {
        return Math.min(total, patience);
    }

    @Override
    public void expired(long now) {
        Try from = current;
        if (now >= total) {
            late();
        } else if (now >= patience && from != null) {
            boolean mayRetry = answer == null && retries.hasPatience();
            from.giveUp();
            if (mayRetry) {
                failed(from, Failure.TIMEOUT);
            } else {
                late();
            }
        }
    }

    /** A time that passed between two tries, or in the middle of an answer, says nothing about a workload (as in Envoy). */
    private void late() {
        if (visit != null && current != null && current.blamesWorkload() && answer == null) {
            visit.failed(Failure.TIMEOUT);
        }
        fail(Failure.TIMEOUT);
    }

    @Override
    public void cancel() {
        stop();
    }

    private void stop() {
        done = true;
        if (current != null) {
            current.giveUp();
        }
        current = null;
        sending = null;
        if (visit != null) {
            visit.end();
        }
        replay.release();
    }
}
