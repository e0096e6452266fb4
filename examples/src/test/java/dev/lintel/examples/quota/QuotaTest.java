package dev.lintel.examples.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.model.MeshModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A policy that Lintel has never heard of, said and decided beside its own. */
class QuotaTest {
    private static final RequestValue REQUEST = RequestValue.of("GET", "http://orders.shop.localhost/orders");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final InstantSource clock = now::get;

    @Test
    void mixesWithTheVerbsOfOthers() {
        ApiDefinition definition = AcmeExposure.expose("orders", "shop")
                .withOAuth2("https://id.example")
                .quota(600)
                .split("v1", 90, "v2", 10)
                .define();
        assertThat(definition).hasToString("orders.shop [auth.oauth2/v1, acme.quota/v1, traffic.split/v1]");
    }

    @Test
    void isFoundLikeEveryOtherKind() {
        assertThat(Kinds.installed().policy("acme.quota/v1")).contains(Quota.class);
    }

    @Test
    void refusesWhatIsBeyondTheQuota() {
        Evaluator evaluator = evaluator(model(3));
        assertThat(List.of(status(evaluator), status(evaluator), status(evaluator), status(evaluator)))
                .containsExactly(0, 0, 0, 429);
    }

    @Test
    void fillsUpSteadily() {
        Evaluator evaluator = evaluator(model(3));
        for (int i = 0; i < 3; i++) {
            assertThat(status(evaluator)).isZero();
        }
        now.updateAndGet(t -> t.plusSeconds(20));
        assertThat(List.of(status(evaluator), status(evaluator))).containsExactly(0, 429);
    }

    @Test
    void neverHoldsMoreThanAMinute() {
        Evaluator evaluator = evaluator(model(2));
        now.updateAndGet(t -> t.plusSeconds(3600));
        assertThat(List.of(status(evaluator), status(evaluator), status(evaluator)))
                .containsExactly(0, 0, 429);
    }

    @Test
    void goesOnCountingWhenSomethingElseChanges() {
        Evaluator evaluator = evaluator(model(1));
        assertThat(status(evaluator)).isZero();
        MeshModel changed = compile(AcmeExposure.expose("orders", "shop")
                .quota(1)
                .setHeader("x-a", "b")
                .define());
        assertThat(status(evaluator.next(changed))).isEqualTo(429);
    }

    @Test
    void startsAnewWhenTheQuotaChanges() {
        Evaluator evaluator = evaluator(model(1));
        assertThat(status(evaluator)).isZero();
        assertThat(status(evaluator.next(model(2)))).isZero();
    }

    @Test
    void isExplainedWithoutBeingUsedUp() {
        Evaluator evaluator = evaluator(model(1));
        assertThat(evaluator.explain(REQUEST, Draw.RANDOM).render())
                .contains("at most 1 requests a minute: passed")
                .contains("QuotaTest.java:");
        assertThat(status(evaluator)).isZero();
    }

    @Test
    void isANumberOfRequests() {
        assertThatThrownBy(() -> new Quota(0)).hasMessage("a quota must be 1 to 1000000 a minute, but was 0");
    }

    private static MeshModel model(int perMinute) {
        return compile(AcmeExposure.expose("orders", "shop").quota(perMinute).define());
    }

    private static MeshModel compile(ApiDefinition definition) {
        return new ModelCompiler(Kinds.installed())
                .compile(List.of(definition), new World("localhost"))
                .model();
    }

    private Evaluator evaluator(MeshModel model) {
        return Evaluator.of(model, Statuses.STANDARD, clock);
    }

    /** The status of a refusal by the quota, 0 for a request that passes. */
    private static int status(Evaluator evaluator) {
        Decision decision = evaluator.decide(REQUEST, Draw.RANDOM);
        if (decision instanceof Decision.Refuse refuse) {
            assertThat(refuse.reason()).isEqualTo(Reason.GUARDED);
            return refuse.status();
        }
        return 0;
    }
}
