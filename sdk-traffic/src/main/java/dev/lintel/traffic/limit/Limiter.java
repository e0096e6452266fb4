package dev.lintel.traffic.limit;

import dev.lintel.core.model.Guard;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one limit. */
final class Limiter implements Guard {
    private static final int TOO_MANY_REQUESTS = 429;

    private final RateLimit limit;
    private final String reason;
    private final InstantSource clock;
    private final Seed seed;
    private final Pace pace;
    private final long started;
    private final Buckets buckets;
    private final AtomicLong common = new AtomicLong(Long.MIN_VALUE);

    Limiter(RateLimit limit, String description, InstantSource clock, Seed seed) {
        this.limit = limit;
        this.reason = "too many requests, " + description;
        this.clock = clock;
        this.seed = seed;
        this.pace = Pace.of(limit);
        this.started = clock.millis();
        this.buckets = new Buckets(pace);
    }

    @Override
    public @Nullable Refusal check(Call call) {
        long now = pace.units(clock.millis() - started);
        SipHash key = key(call);
        long wait = key == null ? takeCommon(now) : buckets.take(key.first(), key.second(), now);
        return wait == 0 ? null : new Refusal(TOO_MANY_REQUESTS, reason, pace.duration(wait));
    }

    /** How many buckets are remembered. */
    int size() {
        return buckets.size();
    }

    /** The memory that they take. */
    long bytes() {
        return buckets.bytes();
    }

    /** Takes a token out of the bucket that everybody shares who has none of their own. */
    private long takeCommon(long now) {
        while (true) {
            long before = common.get();
            long full = pace.possible(before, now);
            long wait = pace.wait(full, now);
            long after = wait == 0 ? full + pace.interval() : full;
            if (common.compareAndSet(before, after)) {
                return wait;
            }
        }
    }

    /** The bucket that a call counts in; null for the one that is shared. */
    private @Nullable SipHash key(Call call) {
        return switch (limit.by()) {
            case ALL -> null;
            case CALLER -> call.subject() == null ? null : hash(call.issuer(), call.subject());
            case CLAIM -> {
                Object value = call.claims().get(String.valueOf(limit.claim()));
                yield value == null ? null : hash(call.issuer(), String.valueOf(value));
            }
            case ADDRESS -> {
                Source source = Source.of(call.address());
                yield source == null
                        ? null
                        : new SipHash(seed)
                                .add(source.bits())
                                .add(source.prefix())
                                .end(2);
            }
        };
    }

    private SipHash hash(@Nullable String issuer, String text) {
        String whose = issuer == null ? "" : issuer;
        long lengths = (long) whose.length() << 32 | text.length();
        return new SipHash(seed).add(lengths).add(whose).add(text).end(0);
    }
}
