package dev.lintel.embedded.serve;

import dev.lintel.core.model.RetryRule;
import dev.lintel.embedded.upstream.Failure;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When one request is tried again, and after which pause: the pause is drawn from 0 to 25 ms, twice as much for each
 * further try, 250 ms at the most (Envoy's full jitter).
 */
final class Retries {
    private static final long BASE = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long CAP = TimeUnit.MILLISECONDS.toNanos(250);

    private final @Nullable RetryRule rule;
    private final boolean repeatable;
    private final boolean idempotent;
    private int made;
    private boolean extra;

    Retries(@Nullable RetryRule rule, boolean idempotent) {
        this.rule = rule;
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

    /** Whether an answer with this status is thrown away for another try. */
    boolean again(int status) {
        return repeatable && (status == 502 || status == 503 || status == 504) && another();
    }

    /** Whether another try follows a failure; what was never sent may always be sent again. */
    boolean again(Failure failure) {
        return (failure == Failure.CONNECT || repeatable && failure != Failure.GARBAGE) && another();
    }

    /** Whether a connection that was closed while it rested is replaced; that is no retry, but happens once only. */
    boolean onceMore() {
        boolean first = idempotent && !extra;
        extra = true;
        return first;
    }

    private boolean another() {
        if (rule == null || made >= rule.attempts()) {
            return false;
        }
        made++;
        return true;
    }

    long backOff() {
        long most = Math.min(CAP, BASE * ((1L << Math.min(made, 10)) - 1));
        return ThreadLocalRandom.current().nextLong(most);
    }
}
