package dev.lintel.traffic.limit;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.model.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of all sorts, and a limiter that counts them by a clock that stands still. */
final class Calls {
    final VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T00:00:00Z"));
    final Limiter limiter;

    Calls(RateLimit limit) {
        limiter = new Limiter(limit, "as said", clock, new Seed(1, 2));
    }

    static Guard.Call caller(@Nullable String issuer, @Nullable String subject) {
        return call(issuer, subject, Map.of(), null);
    }

    static Guard.Call claims(Map<String, Object> claims) {
        return call("https://id.example", "alice", claims, null);
    }

    static Guard.Call address(@Nullable String address) {
        return call(null, null, Map.of(), address);
    }

    private static Guard.Call call(
            @Nullable String issuer, @Nullable String subject, Map<String, Object> claims, @Nullable String address) {
        return new Guard.Call("orders.shop", "GET", "/", issuer, subject, claims, address);
    }

    /** How many of some calls in a row pass. */
    int passing(Guard.Call call, int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += limiter.check(call) == null ? 1 : 0;
        }
        return passed;
    }

    Calls forward(Duration by) {
        clock.forward(by);
        return this;
    }
}
