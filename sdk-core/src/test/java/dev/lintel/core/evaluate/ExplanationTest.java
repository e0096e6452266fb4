package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Token.Verified;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.Requirement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Requirement READ =
            new Requirement.Token(List.of(new Grant(List.of("orders.read"), List.of())));

    /** Lets a number of calls through, then none. */
    private record Times(int times, Origin origin) implements GuardRule {
        @Override
        public String kind() {
            return "test.times/v1";
        }

        @Override
        public String describe() {
            return "at most " + times + " calls";
        }

        @Override
        public Guard start(InstantSource clock) {
            AtomicInteger left = new AtomicInteger(times);
            return call -> left.getAndDecrement() > 0
                    ? null
                    : new Guard.Refusal(
                            429, "no more calls for " + call.subject() + " to " + call.method() + " " + call.path());
        }
    }

    private final World world = World.open()
            .rule("/orders/**", READ, 31)
            .split(null, "v1", 90, "v2", 10)
            .rewrite("/orders/**", "/")
            .guard(new Times(1, Origin.at("Orders.java", 40)));

    @Test
    void tellsEveryStepWithTheLineBehindIt() {
        RequestValue request = RequestValue.of("GET", "orders.shop.localhost", "//orders/7", "a=b")
                .token(Verified.of(World.ISSUER, "alice", "orders", "orders.read"));
        assertThat(world.evaluator().explain(request, bound -> 95).render()).isEqualTo("""
                GET orders.shop.localhost//orders/7?a=b
                  = forward to orders.shop v2 /7

                  path     //orders/7 means /orders/7
                  host     orders.shop.localhost is orders.shop         Orders.java:10
                  token    of alice, from https://id.example, for orders, scopes orders.read
                  access   /orders/** needs scope orders.read: granted  Orders.java:31
                  guard    at most 1 calls: passed                      Orders.java:40
                  route    /** goes to the service                      Orders.java:10
                  split    v1 90 %, v2 10 %: drawn v2                   Orders.java:22
                  rewrite  /orders/** becomes /: /7                     Orders.java:21
                """);
    }

    @Test
    void tellsFaultsChoicesAndMirrors() {
        World rich = World.open()
                .split(null, "v1", 90, "v2", 10)
                .fault(new FaultRule.Delay(Duration.ofMillis(200), 10), new FaultRule.Abort(503, 5))
                .choice(Condition.cookie("lane", "blue"), "v3")
                .choice(Condition.header("x-canary", "1"), "v2")
                .mirror("v3", 50)
                .mirror("v4", 5);
        Iterator<Integer> draws = List.of(9, 5, 49, 5).iterator();
        RequestValue request = World.get("/x").header("x-canary", "1");
        assertThat(rich.evaluator().explain(request, bound -> draws.next()).render())
                .isEqualTo("""
                GET orders.shop.localhost/x
                  = forward to orders.shop v2 /x

                  path     /x is in normal form
                  host     orders.shop.localhost is orders.shop                            Orders.java:10
                  access   no access policy, everybody may call and tokens are not judged  Orders.java:10
                  fault    10 % are held up for 200ms: drawn                               Orders.java:26
                  fault    5 % are answered with 503: not drawn                            Orders.java:26
                  route    /** goes to the service                                         Orders.java:10
                  choice   cookie lane=blue: does not hold                                 Orders.java:24
                  choice   header x-canary=1: goes to v2, past the split                   Orders.java:24
                  mirror   50 % are copied to v3: drawn                                    Orders.java:25
                  mirror   5 % are copied to v4: not drawn                                 Orders.java:25
                """);
    }

    @Test
    void tellsAnswersInPlaceOfTheService() {
        World answering = World.open()
                .answer("/old/**", new Answer.Redirect(308, null, null, null, "/new"))
                .fault(null, new FaultRule.Abort(503, 5));
        assertThat(answering
                        .evaluator()
                        .explain(World.get("/old/x"), bound -> 50)
                        .render())
                .isEqualTo("""
                GET orders.shop.localhost/old/x
                  = answer with 308 to /new

                  path     /old/x is in normal form
                  host     orders.shop.localhost is orders.shop                            Orders.java:10
                  access   no access policy, everybody may call and tokens are not judged  Orders.java:10
                  fault    5 % are answered with 503: not drawn                            Orders.java:26
                  route    /old/**: answer with 308 to /new                                Orders.java:23
                """);
        assertThat(answering
                        .evaluator()
                        .explain(World.get("/old/x"), bound -> 0)
                        .render())
                .isEqualTo("""
                GET orders.shop.localhost/old/x
                  = answer with 503, on purpose

                  path     /old/x is in normal form
                  host     orders.shop.localhost is orders.shop                            Orders.java:10
                  access   no access policy, everybody may call and tokens are not judged  Orders.java:10
                  fault    5 % are answered with 503: drawn                                Orders.java:26
                """);
    }

    @Test
    void tellsWhyARequestIsRefused() {
        assertThat(world.evaluator().explain(World.get("/orders/7"), bound -> 0).render())
                .isEqualTo("""
                GET orders.shop.localhost/orders/7
                  = refuse with 401 NO_TOKEN: a token is needed
                    WWW-Authenticate: Bearer

                  path     /orders/7 is in normal form
                  host     orders.shop.localhost is orders.shop         Orders.java:10
                  token    none was presented
                  access   /orders/** needs scope orders.read: refused  Orders.java:31
                """);
    }

    @Test
    void usesNothingUp() {
        Evaluator evaluator = world.evaluator();
        RequestValue request = World.get("/orders").token(Verified.of(World.ISSUER, "alice", "orders", "orders.read"));
        assertThat(evaluator.explain(request, bound -> 0).decision()).isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.explain(request, bound -> 0).decision()).isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.decide(request, bound -> 0)).isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.decide(request, bound -> 0))
                .hasToString("refuse with 429 GUARDED: no more calls for alice to GET /orders");
    }

    @Test
    void guardsAreAskedOnlyAfterAccessWasGranted() {
        Evaluator evaluator = world.evaluator();
        RequestValue request = World.get("/orders").token(Verified.of(World.ISSUER, "alice", "orders", "orders.read"));
        for (int i = 0; i < 5; i++) {
            assertThat(evaluator.decide(World.get("/orders"), bound -> 0))
                    .hasToString("refuse with 401 NO_TOKEN: a token is needed");
        }
        assertThat(evaluator.decide(request, bound -> 0)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void guardsKeepWhatTheyCountedAcrossOtherChanges() {
        RequestValue request = World.get("/orders").token(Verified.of(World.ISSUER, "alice", "orders", "orders.read"));
        Evaluator evaluator = world.evaluator();
        assertThat(evaluator.decide(request, bound -> 0)).isInstanceOf(Decision.Forward.class);
        Evaluator changed = evaluator.next(world.split(null, "v1", 50, "v2", 50).model());
        assertThat(changed.decide(request, bound -> 0)).isInstanceOf(Decision.Refuse.class);
        Evaluator other =
                evaluator.next(world.guard(new Times(2, Origin.unknown())).model());
        assertThat(other.decide(request, bound -> 0)).isInstanceOf(Decision.Forward.class);
    }
}
