package dev.lintel.traffic.limit;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What a {@link RateLimit} means.
 *
 * @param limit what was said
 * @param origin the line that said it
 */
record RateLimitRule(RateLimit limit, Origin origin) implements GuardRule {
    @Override
    public String kind() {
        return RateLimit.KIND;
    }

    @Override
    public String describe() {
        String burst = limit.burst() == null ? "" : ", up to " + limit.burst() + " at once";
        return "at most " + limit.requests() + " requests in " + Durations.write(limit.per()) + whose() + burst;
    }

    private String whose() {
        return switch (limit.by()) {
            case ALL -> " for all together";
            case CALLER -> " for each caller";
            case CLAIM -> " for each value of claim '" + limit.claim() + "'";
            case ADDRESS -> " for each address";
        };
    }

    @Override
    public boolean needsToken() {
        return limit.by() == RateLimit.By.CALLER || limit.by() == RateLimit.By.CLAIM;
    }

    @Override
    public Guard start(InstantSource clock) {
        SecureRandom random = new SecureRandom();
        return new Limiter(limit, describe(), clock, new Seed(random.nextLong(), random.nextLong()));
    }
}
