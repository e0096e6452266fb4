package dev.lintel.benchmarks.limit;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.Guard;
import dev.lintel.sdk.Api;
import dev.lintel.traffic.limit.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Limits as definitions make them, and calls by many callers. */
final class Limits {
    private static final String ISSUER = "https://id.example";

    private Limits() {}

    static Guard byCaller() {
        return guard(RateLimit.of(1_000_000, Duration.ofMillis(1)).byCaller());
    }

    /** Buckets that stay in use for a day, so that none is forgotten meanwhile. */
    static Guard slowByCaller() {
        return guard(RateLimit.of(1, Duration.ofDays(1)).byCaller());
    }

    static Guard byAddress() {
        return guard(RateLimit.of(1_000_000, Duration.ofMillis(1)).byAddress());
    }

    static Guard all() {
        return guard(RateLimit.of(1_000_000, Duration.ofMillis(1)));
    }

    static Guard.Call call(int caller) {
        String subject = "b7e3c2d0-5d1f-4f0e-9a55-" + String.format("%012x", caller);
        String address = "10." + (caller >> 16 & 255) + "." + (caller >> 8 & 255) + "." + (caller & 255);
        return new Guard.Call("orders.shop", "GET", "/orders/7", ISSUER, subject, Map.of(), address);
    }

    private static Guard guard(RateLimit limit) {
        ModelCompiler.Compiled compiled = new ModelCompiler(Kinds.installed())
                .compile(
                        List.of(Api.expose("orders")
                                .inNamespace("shop")
                                .withOAuth2("https://id.example")
                                .rateLimit(limit)
                                .define()),
                        new World(World.LOCALHOST));
        return compiled.model().apis().get(0).guards().get(0).start(InstantSource.system());
    }
}
