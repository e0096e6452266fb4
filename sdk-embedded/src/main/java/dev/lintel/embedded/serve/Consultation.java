package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Body;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.wire.RequestHead;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the external authorizer about one request. Where it is shown the body, that is kept meanwhile, up to a limit, and
 * comes again when the request goes on.
 */
final class Consultation implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Consultation.class);

    private enum State {
        READING,
        ASKING,
        OVER
    }

    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final AuthorizerRule rule;
    private final String api;
    private final Runnable next;
    private final KeptBody kept = new KeptBody();
    private State state = State.READING;
    private Asking asking = Asking.OVER;
    private long size;
    private long deadline = Ticks.NEVER;
    private boolean beginning;

    Consultation(Exchange exchange, String api, AuthorizerRule rule, Runnable next) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.api = api;
        this.rule = rule;
        this.next = next;
    }

    void begin() {
        Body shown = rule.body();
        if (shown == null || !head.hasBody()) {
            ask(null, false);
        } else if (head.length() > shown.maxBytes() && !shown.allowPartial()) {
            tooLarge();
        } else {
            exchange.sink(this);
            exchange.welcomeBody();
            exchange.rearm();
        }
    }

    private void tooLarge() {
        exchange.giveUp(413, "the body is too large for the external authorizer");
    }

    @Override
    public boolean ready() {
        return state == State.READING;
    }

    @Override
    public void take(HttpContent content) {
        Body shown = rule.body();
        if (state != State.READING || shown == null) {
            content.release();
            return;
        }
        size += content.content().readableBytes();
        kept.add(content);
        boolean cut = size > shown.maxBytes();
        if (cut && !shown.allowPartial()) {
            tooLarge();
        } else if (cut || content instanceof LastHttpContent) {
            ask(kept.beginning(shown.maxBytes()), cut);
        }
    }

    private void ask(@Nullable ByteBuffer body, boolean cut) {
        state = State.ASKING;
        deadline = Ticks.now() + rule.timeout().toNanos();
        exchange.holdsUp(this);
        beginning = true;
        asking = front.engine()
                .askers()
                .ask(
                        front.loop(),
                        rule,
                        Telling.of(
                                head,
                                front.remote(),
                                front.local(),
                                front.engine().now(),
                                body,
                                cut,
                                rule.body()),
                        this::came);
        beginning = false;
    }

    /** The answer that comes on this very thread is taken at once, unless the asking has not even begun. */
    private void came(Answer answer) {
        if (!beginning && front.loop().inEventLoop()) {
            take(answer.verdict());
        } else {
            front.later(() -> take(answer.verdict()));
        }
    }

    private void take(Verdict verdict) {
        if (state != State.ASKING) {
            return;
        }
        state = State.OVER;
        deadline = Ticks.NEVER;
        if (verdict instanceof Verdict.Failed failed) {
            LOG.warn("the external authorizer of {}, {}: {}", api, rule.describe(), failed.reason());
        }
        head.verdict(verdict);
        exchange.goesOn();
        next.run();
        exchange.resume();
    }

    /** Gives back what was kept of the body, so that it comes again, to somebody else. */
    void giveBack() {
        if (!kept.isEmpty()) {
            exchange.unread();
            kept.giveBack(front::again);
        }
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void expired(long now) {
        if (state == State.ASKING && now >= deadline) {
            asking.cancel();
            take(new Verdict.Failed("it did not answer in time"));
        }
    }

    @Override
    public void cancel() {
        state = State.OVER;
        asking.cancel();
        kept.release();
    }
}
