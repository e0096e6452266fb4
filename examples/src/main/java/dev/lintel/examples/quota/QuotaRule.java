package dev.lintel.examples.quota;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link Quota} means: a bucket that holds a minute's worth of requests and fills up steadily.
 *
 * @param perMinute how many requests a minute
 * @param origin the line that said it
 */
record QuotaRule(int perMinute, Origin origin) implements GuardRule {
    private static final long MINUTE = 60_000_000;

    @Override
    public String kind() {
        return Quota.KIND;
    }

    @Override
    public String describe() {
        return "at most " + perMinute + " requests a minute";
    }

    /** The bucket is one number, in microseconds: up to when the quota is used up. It never lags by more than a minute. */
    @Override
    public Guard start(InstantSource clock) {
        long cost = MINUTE / perMinute;
        AtomicLong usedUpTo = new AtomicLong();
        return call -> {
            long now = clock.millis() * 1000;
            long before = usedUpTo.getAndUpdate(used -> Math.max(used, now - MINUTE) + (hasRoom(used, now) ? cost : 0));
            return hasRoom(before, now) ? null : new Guard.Refusal(429, "the quota of this minute is used up");
        };
    }

    private boolean hasRoom(long used, long now) {
        return Math.max(used, now - MINUTE) + MINUTE / perMinute <= now;
    }
}
