package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.FaultRule.Abort;
import dev.lintel.core.model.FaultRule.Delay;
import dev.lintel.core.model.Requirement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MadeFaultsTest {
    private static final Delay DELAY = new Delay(Duration.ofMillis(200), 10);
    private static final Abort ABORT = new Abort(503, 20);

    @Test
    void delayAndAbortAreDrawnSeparatelyAndExactly() {
        Evaluator evaluator = World.open().fault(DELAY, ABORT).evaluator();
        Map<String, Integer> counts = new TreeMap<>();
        for (int first = 0; first < 100; first++) {
            for (int second = 0; second < 100; second++) {
                Iterator<Integer> draws = List.of(first, second).iterator();
                Decision decision = evaluator.decide(World.get("/"), bound -> draws.next());
                Duration delay = decision instanceof Decision.Reply reply
                        ? reply.delay()
                        : ((Decision.Forward) decision).delay();
                counts.merge(decision + ", " + delay, 1, Integer::sum);
            }
        }
        assertThat(counts)
                .isEqualTo(Map.of(
                        "answer with 503, on purpose, PT0.2S", 200,
                        "answer with 503, on purpose, null", 1_800,
                        "forward to orders.shop /, PT0.2S", 800,
                        "forward to orders.shop /, null", 7_200));
    }

    @Test
    void aFaultIsMarkedAndSaysWhatItIs() {
        Decision.Reply reply =
                (Decision.Reply) World.open().fault(null, ABORT).evaluator().decide(World.get("/"), bound -> 0);
        assertThat(reply.fault()).isTrue();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.contentType()).isEqualTo("text/plain");
        assertThat(reply.body()).isEqualTo("fault made on purpose");
        assertThat(reply.location()).isNull();
        Decision.Reply bare = (Decision.Reply)
                World.open().fault(null, new Abort(204, 100)).evaluator().decide(World.get("/"), bound -> 0);
        assertThat(bare.body()).isEmpty();
        assertThat(bare.contentType()).isEmpty();
    }

    @Test
    void faultsComeAfterAccessAndGuardsAndBeforeRoutes() {
        World world = World.open()
                .rule("/**", Requirement.TOKEN, 1)
                .rule("/ping", Requirement.PUBLIC, 2)
                .answer("/ping", new Answer.Direct(200, "text/plain", "pong"))
                .fault(DELAY, ABORT);
        assertThat(world.evaluator().decide(World.get("/"), bound -> 0))
                .hasToString("refuse with 401 NO_TOKEN: a token is needed");
        assertThat(world.evaluator().decide(World.get("/ping"), bound -> 0)).hasToString("answer with 503, on purpose");
        assertThat(world.guard(new CountingRule("none", 0)).evaluator().decide(World.get("/ping"), bound -> 0))
                .hasToString("refuse with 429 GUARDED: GET /ping of null at orders.shop");
        Iterator<Integer> draws = List.of(0, 99).iterator();
        Decision.Reply late = (Decision.Reply) world.evaluator().decide(World.get("/ping"), bound -> draws.next());
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.fault()).isFalse();
        assertThat(late.delay()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void faultsAreMadeForCallsFromInside() {
        RequestValue inside = RequestValue.of("GET", "orders.shop", "/", null).inMesh();
        assertThat(World.open().fault(null, ABORT).evaluator().decide(inside, bound -> 0))
                .hasToString("answer with 503, on purpose");
        Decision late = World.open().fault(DELAY, null).evaluator().decide(inside, bound -> 0);
        assertThat(((Decision.Forward) late).delay()).isEqualTo(Duration.ofMillis(200));
    }
}
