package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.world.Visit;
import io.netty.handler.codec.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When one request is tried again, and after which pause (Envoy, retry policy). */
final class Retries {
    private final @Nullable RetryRule rule;
    private final @Nullable Visit visit;
    private final Draw draw;
    private final boolean repeatable;
    private final boolean idempotent;
    private int made;
    private boolean extra;

    /**
     * No try was made yet.
     *
     * @param rule what is tried again; null for nothing
     * @param idempotent whether sending the request twice means the same as sending it once
     * @param visit knows how many retries are under way; null if nobody counts them
     * @param draw the chance, for pauses
     */
    Retries(@Nullable RetryRule rule, boolean idempotent, @Nullable Visit visit, Draw draw) {
        this.rule = rule;
        this.visit = visit;
        this.draw = draw;
        this.idempotent = idempotent;
        this.repeatable = idempotent || rule != null && rule.nonIdempotent();
    }

    /** When a try that begins now has taken too long by the rule. */
    long patience(long now) {
        return rule == null || rule.perTry() == null
                ? Ticks.NEVER
                : now + rule.perTry().toNanos();
    }

    boolean hasPatience() {
        return rule != null && rule.perTry() != null;
    }

    /** Whether an answer is thrown away for another try; one that was refused for a limit never is. */
    boolean again(HttpResponse answer) {
        return !answer.headers().contains(Answers.OVERLOADED)
                && again(answer.status().code());
    }

    /** Whether an answer with this status is thrown away for another try. */
    boolean again(int status) {
        return rule != null
                && repeatable
                && (status >= 500 && rule.on().contains(RetryOn.SERVER_ERROR)
                        || status >= 502 && status <= 504 && rule.on().contains(RetryOn.GATEWAY_ERROR)
                        || status == 409 && rule.on().contains(RetryOn.CONFLICT)
                        || rule.statuses().contains(status))
                && another();
    }

    /** Whether another try follows a failure; what was never sent may always be sent again. */
    boolean again(Failure failure) {
        return rule != null && follows(rule, failure) && another();
    }

    /** A failure would be answered 502, 503 or 504, so that those who retry these retry it too. */
    private boolean follows(RetryRule said, Failure failure) {
        boolean wide = said.on().contains(RetryOn.GATEWAY_ERROR) || said.on().contains(RetryOn.SERVER_ERROR);
        return switch (failure) {
            case CONNECT -> wide || said.on().contains(RetryOn.CONNECT_FAILURE);
            case RESET, TIMEOUT -> repeatable && (wide || said.on().contains(RetryOn.RESET));
            case UNPREPARED, GARBAGE, OVERFLOW, UNREADY -> false;
        };
    }

    /** Whether a connection that was closed while it rested is replaced; that is no retry, but happens once only. */
    boolean onceMore() {
        boolean first = idempotent && !extra;
        extra = true;
        return first;
    }

    private boolean another() {
        if (rule == null || made >= rule.attempts() || visit != null && !visit.retry(rule.budget())) {
            return false;
        }
        made++;
        return true;
    }

    /** Full jitter, in nanoseconds: drawn from nothing to a limit that doubles with each try, up to the longest. */
    long backOff() {
        if (rule == null) {
            return 0;
        }
        long base = TimeUnit.NANOSECONDS.toMicros(rule.backoff().base().toNanos());
        long most = TimeUnit.NANOSECONDS.toMicros(rule.backoff().most().toNanos());
        long grown = (1L << Math.min(made, 20)) - 1;
        long limit = base > most / grown ? most : base * grown;
        return TimeUnit.MICROSECONDS.toNanos(draw.below((int) Math.min(Integer.MAX_VALUE - 1L, limit) + 1));
    }
}
