package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.wire.ResponseReader.ResponseHead;
import dev.lintel.embedded.wire.Trailers;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
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
    private final Group group;
    private final HttpRequest request;
    private final Retries retries;
    private final Replay replay;
    private final @Nullable TimeoutRule timeout;
    private long total = Ticks.NEVER;
    private Instance instance;
    private @Nullable Try current;
    private @Nullable Connection sending;
    private @Nullable ResponseHead answer;
    private long patience = Ticks.NEVER;
    private boolean done;

    Relay(Exchange exchange, Forward forward, Group group, Instance first) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.group = group;
        this.instance = first;
        this.request = exchange.onward().request();
        RetryRule rule = forward.api().service().retry();
        this.retries = new Retries(rule, head.isIdempotent());
        this.replay = new Replay(rule != null || head.isIdempotent());
        this.timeout = forward.api().service().timeout();
        if (exchange.requestDone()) {
            startClock();
        }
    }

    /** As in Envoy, the time of a call counts from the end of the request: a long upload is not the service's fault. */
    private void startClock() {
        long now = Ticks.now();
        total = timeout == null
                ? Ticks.NEVER
                : exchange.onward().began(now) + timeout.total().toNanos();
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
        if (exchange.requestDone()) {
            startTry(Ticks.now());
        }
        if (instance instanceof Instance.Remote remote) {
            front.pool().acquire(exchange.onward().address(remote.address()), next);
        }
    }

    void connected(Connection made) {
        sending = made;
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
        } else if (retries.again(response.status().code()) && replay.isWhole()) {
            from.giveUp();
            retryLater();
        } else {
            answer = read;
            replay.release();
            patience = Ticks.now() + front.engine().limits().request();
            exchange.onward().response(response, read.framing());
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
        } else if (replayable && retries.again(failure)) {
            retryLater();
        } else {
            stop();
            exchange.fail(failure);
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
            Instance other = group.pick(instance);
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
            stop();
            exchange.fail(Failure.TIMEOUT);
        } else if (now >= patience && from != null) {
            boolean mayRetry = answer == null && retries.hasPatience();
            from.giveUp();
            if (mayRetry) {
                failed(from, Failure.TIMEOUT);
            } else {
                stop();
                exchange.fail(Failure.TIMEOUT);
            }
        }
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
        replay.release();
    }
}
