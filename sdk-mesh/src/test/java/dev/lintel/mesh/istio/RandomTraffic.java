package dev.lintel.mesh.istio;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about calls as a mesh can keep them, drawn like {@link RandomModels}. */
final class RandomTraffic {
    private final Random random;
    private final @Nullable RetryRule retry;
    private final Traffic traffic;

    RandomTraffic(Random random) {
        this.random = random;
        BreakerRule breaker = random.nextInt(3) == 0 ? breaker() : null;
        boolean limited = breaker != null && breaker.limits().maxRetries() != null;
        this.retry = random.nextInt(3) == 0 ? retry(limited) : null;
        this.traffic = new Traffic(
                choices(),
                random.nextInt(4) == 0 ? mirrors() : List.of(),
                random.nextInt(5) == 0 ? fault() : null,
                breaker,
                random.nextInt(3) == 0 ? balance(breaker != null && breaker.outliers() != null) : null,
                null,
                null);
    }

    @Nullable
    RetryRule retry() {
        return retry;
    }

    Traffic traffic() {
        return traffic;
    }

    HeaderChanges headers() {
        MoreHeaders more = random.nextBoolean()
                ? MoreHeaders.NONE
                : new MoreHeaders(
                        Map.of("x-seen", "50%"),
                        Map.of("vary", "x-beta"),
                        List.of("x-debug"),
                        List.of("server", "via"));
        return new HeaderChanges(Map.of("x-share", "100%"), Map.of("x-served-by", "us"), more);
    }

    Answer answer() {
        return switch (random.nextInt(6)) {
            case 0 -> new Answer.Redirect(301, null, null, null, "/a");
            case 1 -> new Answer.Redirect(308, "https", "www.example.com", null, null);
            case 2 -> new Answer.Redirect(302, null, "www.example.com", 8443, null);
            case 3 -> new Answer.Direct(200, "text/plain; q=100%", "pong");
            case 4 -> new Answer.Direct(403, "", "");
            default -> new Answer.Direct(400, "application/json", "{}");
        };
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        int number = random.nextBoolean() ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < number; i++) {
            Condition when = switch (random.nextInt(4)) {
                case 0 -> Condition.cookie("ring", String.valueOf(random.nextInt(2)));
                case 1 -> Condition.header("x-beta", String.valueOf(random.nextInt(2)));
                default -> Condition.header("x-canary", String.valueOf(random.nextInt(2)));
            };
            choices.add(new Choice(when, version(), null));
        }
        return choices;
    }

    private List<MirrorRule> mirrors() {
        return random.nextBoolean()
                ? List.of(new MirrorRule(version(), 100, null))
                : List.of(new MirrorRule("v1", 5, null), new MirrorRule("V3", 50, null));
    }

    private FaultRule fault() {
        FaultRule.Delay delay =
                random.nextBoolean() ? new FaultRule.Delay(Duration.ofMillis(200), 1 + random.nextInt(100)) : null;
        FaultRule.Abort abort =
                delay == null || random.nextBoolean() ? new FaultRule.Abort(503, 1 + random.nextInt(100)) : null;
        return new FaultRule(delay, abort, null);
    }

    private BreakerRule breaker() {
        boolean split = random.nextBoolean();
        BreakerRule.Outliers outliers = new BreakerRule.Outliers(
                random.nextInt(6),
                random.nextInt(6),
                split,
                split ? 1 + random.nextInt(5) : 0,
                Duration.ofMillis(1500),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ZERO,
                random.nextBoolean() ? null : 1 + random.nextInt(100));
        BreakerRule.Limits limits = new BreakerRule.Limits(limit(), limit(), limit(), limit());
        boolean either = random.nextBoolean();
        return new BreakerRule(either ? outliers : null, random.nextBoolean() ? limits : BreakerRule.Limits.NONE, null);
    }

    private @Nullable Integer limit() {
        return random.nextBoolean() ? null : 1 + random.nextInt(1000);
    }

    private BalanceRule balance(boolean ejects) {
        boolean nearby = ejects && random.nextBoolean();
        return switch (random.nextInt(7)) {
            case 0 -> new BalanceRule(Algorithm.ROUND_ROBIN, null, nearby, null);
            case 1 -> new BalanceRule(Algorithm.LEAST_REQUEST, null, nearby, null);
            case 2 -> new BalanceRule(Algorithm.RANDOM, null, nearby, null);
            case 3 -> hashed(BalanceRule.By.HEADER, "x-user", nearby);
            case 4 -> hashed(BalanceRule.By.COOKIE, "user", nearby);
            case 5 -> hashed(BalanceRule.By.QUERY, "user", nearby);
            default -> hashed(BalanceRule.By.ADDRESS, "", nearby);
        };
    }

    private static BalanceRule hashed(BalanceRule.By by, String name, boolean nearby) {
        return new BalanceRule(Algorithm.CONSISTENT_HASH, new BalanceRule.HashOn(by, name), nearby, null);
    }

    private RetryRule retry(boolean limited) {
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        for (RetryOn each : RetryOn.values()) {
            if (random.nextBoolean()) {
                on.add(each);
            }
        }
        on.add(random.nextBoolean() ? RetryOn.RESET : RetryOn.GATEWAY_ERROR);
        Duration base = Duration.ofMillis(random.nextBoolean() ? 25 : 100);
        return new RetryRule(
                1 + random.nextInt(3),
                random.nextBoolean() ? null : Duration.ofMillis(250),
                random.nextBoolean(),
                on,
                random.nextBoolean() ? Set.of() : Set.of(429, 500),
                new RetryRule.Backoff(base, base.multipliedBy(10)),
                limited || random.nextBoolean() ? RetryRule.Budget.DEFAULT : new RetryRule.Budget(50, 10),
                null);
    }

    private String version() {
        return List.of("v1", "v2", "V3").get(random.nextInt(3));
    }
}
