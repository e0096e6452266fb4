package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.LocalFunction;
import dev.lintel.embedded.world.LocalFunction.Answer;
import dev.lintel.embedded.world.LocalFunction.Call;
import dev.lintel.embedded.world.Visit;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a function in this JVM, off the event loop, with the whole body, and again where the model says so. */
@SuppressWarnings("FutureReturnValueIgnored") // a retry looks itself whether it is still wanted
final class LocalRun implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final Forward forward;
    private final Group group;
    private final @Nullable Visit visit;
    private final @Nullable Meter meter;
    private final Retries retries;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private Instance.Local instance;
    private @Nullable Call call;
    private @Nullable Streaming streaming;
    private long total = Ticks.NEVER;
    private long patience = Ticks.NEVER;
    private long whole;
    private int tries;
    private boolean running;
    private boolean over;

    LocalRun(Exchange exchange, Forward forward, Group group, @Nullable Visit visit, Instance.Local first) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.forward = forward;
        this.group = group;
        this.visit = visit;
        this.meter = group.meter();
        this.instance = first;
        this.retries = new Retries(
                forward.api().service().retry(),
                head.isIdempotent(),
                visit,
                front.engine().draw());
    }

    void start() {
        if (head.length() > front.engine().limits().functionBody()) {
            tooLarge();
        } else if (exchange.requestDone()) {
            call();
        } else {
            exchange.welcomeBody();
        }
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void take(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        int size = content.content().readableBytes();
        if (!over && body.size() + size > front.engine().limits().functionBody()) {
            tooLarge();
        } else if (!over) {
            byte[] bytes = new byte[size];
            content.content().readBytes(bytes);
            body.writeBytes(bytes);
        }
        content.release();
        if (last && !over) {
            call();
        }
    }

    private void tooLarge() {
        over = true;
        exchange.giveUp(413, "the body is too large for a function");
    }

    private void call() {
        whole = Ticks.now();
        TimeoutRule timeout = forward.api().service().timeout();
        if (timeout != null) {
            total = exchange.onward().began(whole) + timeout.total().toNanos();
        }
        call = exchange.onward().call(ByteBuffer.wrap(body.toByteArray()).asReadOnlyBuffer());
        start(call);
    }

    private void start(Call made) {
        int which = ++tries;
        running = true;
        patience = retries.patience(Ticks.now());
        LocalFunction function = instance.function();
        try {
            front.engine().functions().execute(() -> run(function, made, which));
        } catch (RejectedExecutionException e) {
            leave(true);
            exchange.giveUp(503, "too many functions are running");
        }
    }

    private void retryLater() {
        // What a try that was given up still answers is not heard any more.
        tries++;
        running = false;
        patience = Ticks.NEVER;
        front.engine().counters().retried();
        front.loop().schedule(this::retry, retries.backOff(), TimeUnit.NANOSECONDS);
    }

    private void retry() {
        Call made = call;
        if (!over && made != null) {
            Instance next = visit == null ? group.pick(instance) : visit.next();
            if (next == null) {
                leave(true);
                exchange.fail(Failure.UNREADY);
                return;
            }
            if (next instanceof Instance.Local other) {
                instance = other;
            }
            start(made);
            exchange.rearm();
        }
    }

    private void run(LocalFunction function, Call made, int which) {
        HttpResponse response = null;
        Flow.Publisher<ByteBuffer> stream = null;
        try {
            // Each try reads the body from its beginning.
            Answer answer = function.call(made.again());
            stream = answer.stream();
            response = response(answer);
        } catch (Throwable e) {
            // Also an error, such as a failed assertion: whoever called waits for an answer and holds what is limited.
            LOG.warn("a function of {} failed", forward.api().id(), e);
        }
        HttpResponse answer = response;
        Flow.Publisher<ByteBuffer> rest = stream;
        front.later(() -> answer(which, answer, rest));
    }

    private void answer(int which, @Nullable HttpResponse response, Flow.@Nullable Publisher<ByteBuffer> stream) {
        if (over || which != tries) {
            return;
        }
        int status = response == null ? 500 : response.status().code();
        if (visit != null) {
            visit.answered(status);
        }
        if (response == null ? retries.again(500) : retries.again(response)) {
            retryLater();
            return;
        }
        if (response != null && stream != null) {
            stream(response, stream);
            return;
        }
        leave(status >= 500);
        if (response == null) {
            exchange.giveUp(500, "the function failed");
        } else {
            exchange.onward().response(response, Framing.LENGTH);
            exchange.begin(response, true);
            exchange.end();
        }
    }

    private void stream(HttpResponse response, Flow.Publisher<ByteBuffer> stream) {
        patience = Ticks.NEVER;
        exchange.onward().response(response, Framing.CLOSE);
        exchange.begin(response, !head.isHttp10());
        exchange.flushAnswer();
        Streaming made = new Streaming(exchange, this::leave);
        streaming = made;
        if (head.isHead()) {
            made.onComplete();
        } else {
            stream.subscribe(made);
        }
        exchange.rearm();
    }

    @Override
    public void clientWritable(boolean writable) {
        if (streaming != null) {
            streaming.clientWritable(writable);
        }
    }

    private static HttpResponse response(Answer answer) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
        HttpResponse response = answer.stream() != null
                ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, status)
                : new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        Unpooled.wrappedBuffer(answer.body().duplicate()));
        answer.headers().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.DATE, Dates.now());
        if (answer.stream() == null && answer.status() != 204 && answer.status() != 304) {
            response.headers()
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().remaining());
        }
        return response;
    }

    @Override
    public long deadline() {
        return Math.min(total, patience);
    }

    @Override
    public void expired(long now) {
        if (now < total && now < patience) {
            return;
        }
        if (visit != null && running) {
            visit.failed(Failure.TIMEOUT);
        }
        if (now >= total || !retries.again(Failure.TIMEOUT)) {
            leave(true);
            exchange.giveUp(504, "the function did not answer in time");
        } else {
            retryLater();
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (streaming != null) {
            streaming.cancel();
        }
        if (visit != null) {
            visit.end();
        }
    }

    /** The call has come to its end, as the caller sees it. */
    private void leave(boolean error) {
        over = true;
        if (visit != null) {
            visit.end();
        }
        if (meter != null) {
            meter.ended(error, Ticks.now() - whole);
        }
    }
}
