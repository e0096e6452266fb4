package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.world.LocalFunction;
import dev.lintel.embedded.world.LocalFunction.Answer;
import dev.lintel.embedded.world.LocalFunction.Call;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a function in this JVM, off the event loop, with the whole body. */
final class LocalRun implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final Forward forward;
    private final LocalFunction function;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private long total = Ticks.NEVER;
    private boolean over;

    LocalRun(Exchange exchange, Forward forward, LocalFunction function) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.forward = forward;
        this.function = function;
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
        TimeoutRule timeout = forward.api().service().timeout();
        if (timeout != null) {
            total = Ticks.now() + timeout.total().toNanos();
        }
        Call call = new Call(
                head.method(),
                head.host(),
                forward.forwardPath(),
                head.query(),
                headers(),
                ByteBuffer.wrap(body.toByteArray()).asReadOnlyBuffer(),
                head.token());
        try {
            front.engine().functions().execute(() -> run(call));
        } catch (RejectedExecutionException e) {
            over = true;
            exchange.giveUp(503, "too many functions are running");
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : head.message().headers()) {
            headers.merge(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(), (a, b) -> a + "," + b);
        }
        headers.put("x-forwarded-for", front.client());
        headers.put("x-forwarded-proto", front.engine().tls() ? "https" : "http");
        headers.put("x-forwarded-host", head.host());
        headers.putAll(forward.api().entry().headers().request());
        return headers;
    }

    private void run(Call call) {
        FullHttpResponse response = null;
        try {
            response = response(function.call(call));
        } catch (Exception e) {
            LOG.warn("a function of {} failed", forward.api().id(), e);
        }
        FullHttpResponse answer = response;
        front.later(() -> answer(answer));
    }

    private void answer(@Nullable FullHttpResponse response) {
        if (over) {
            return;
        }
        over = true;
        if (response == null) {
            exchange.giveUp(500, "the function failed");
        } else {
            Outgoing.response(
                    response, head, Framing.LENGTH, forward, front.engine().tls());
            exchange.begin(response, true);
            exchange.end();
        }
    }

    private static FullHttpResponse response(Answer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body().duplicate()));
        answer.headers().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.DATE, Dates.now());
        if (answer.status() != 204 && answer.status() != 304) {
            response.headers()
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().remaining());
        }
        return response;
    }

    @Override
    public long deadline() {
        return total;
    }

    @Override
    public void expired(long now) {
        if (now >= total) {
            over = true;
            exchange.giveUp(504, "the function did not answer in time");
        }
    }

    @Override
    public void cancel() {
        over = true;
    }
}
