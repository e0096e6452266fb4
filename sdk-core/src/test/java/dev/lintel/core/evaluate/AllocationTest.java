package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.claim;
import static dev.lintel.core.evaluate.TestApi.orders;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On the allowed path nothing is allocated but the decision itself: 40 bytes with compressed pointers, 72 without. */
class AllocationTest {
    private static final int DECISIONS = 100_000;
    private static final long RECORD = sizeOfForward();

    @Test
    void anOpenApiWithoutSplit() {
        assertThat(bytes(orders().evaluator(), new Live("GET", "/orders/7", Token.NONE)))
                .isEqualTo(RECORD);
    }

    @Test
    void aTokenWithScopesAndADrawnSplit() {
        Evaluator evaluator = orders().scope("/orders/**", "orders.read")
                .scope("POST /orders/{id}", "orders.read", "orders.write")
                .rule("/public/**", Requirement.PUBLIC)
                .split("v1", 90, "v2", 10)
                .evaluator();
        Token token = TestApi.token("orders.list", "orders.read", "orders.write");
        assertThat(bytes(evaluator, new Live("GET", "/orders/7", token))).isEqualTo(RECORD);
        assertThat(bytes(evaluator, new Live("POST", "/orders/7/", token))).isEqualTo(RECORD);
        assertThat(bytes(evaluator, new Live("GET", "/public/x", Token.NONE))).isEqualTo(RECORD);
    }

    @Test
    void claimsThatAreTextsAndLists() {
        Evaluator evaluator =
                orders().rule("/**", claim("group", "admins", "owners")).evaluator();
        Token token = new Token.Verified(
                TestApi.ISSUER, "alice", List.of("orders"), List.of(), Map.of("group", List.of("users", "owners")));
        assertThat(bytes(evaluator, new Live("GET", "/x", token))).isEqualTo(RECORD);
    }

    @Test
    void routesByHeaderAndQuery() {
        Evaluator evaluator = orders().route(
                        Match.match("/x/**").header("x-user", "alice").query("beta", "1"), "v2")
                .evaluator();
        assertThat(bytes(evaluator, new Live("GET", "/x/y", Token.NONE))).isEqualTo(RECORD);
    }

    @Test
    void stickySplitsByCookieAndByHeader() {
        for (Sticky sticky : List.of(new Sticky(By.COOKIE, "version"), new Sticky(By.HEADER, "x-user"))) {
            Evaluator evaluator = orders().split(sticky, "v1", 90, "v2", 10).evaluator();
            assertThat(bytes(evaluator, new Live("GET", "/x", Token.NONE))).isEqualTo(RECORD);
        }
    }

    @Test
    void pathsWithEscapesInNormalForm() {
        assertThat(bytes(orders().evaluator(), new Live("GET", "/caf%C3%A9/a%20b/.well-known", Token.NONE)))
                .isEqualTo(RECORD);
    }

    @Test
    void callsFromInside() {
        Evaluator evaluator = orders().split("v1", 90, "v2", 10).evaluator();
        assertThat(bytes(evaluator, new Live("GET", "/x", Token.NONE, Request.Via.MESH, "orders.shop.svc")))
                .isEqualTo(RECORD);
    }

    @Test
    void choicesStickyClaimsAndFaultsThatAreNotDrawn() {
        Token token = new Token.Verified(
                World.ISSUER, "alice", List.of(), List.of(), Map.of("group", "testers", "tenant", "acme"));
        World world = World.open()
                .rule("/**", Requirement.TOKEN, 1)
                .split(new Sticky(By.CLAIM, "tenant"), "v1", 90, "v2", 10)
                .choice(Condition.header("x-user", "bob"), "v2")
                .choice(Condition.cookie("lane", "v1"), "v2")
                .choice(Condition.caller("carol"), "v2");
        assertThat(bytes(world.evaluator(), new Live("GET", "/x", token))).isEqualTo(RECORD);
        World chosen = world.choice(Condition.claim("group", "testers"), "v2");
        assertThat(bytes(chosen.evaluator(), new Live("GET", "/x", token))).isEqualTo(RECORD);
        World lucky = chosen.mirror("v3", 5)
                .fault(new FaultRule.Delay(Duration.ofSeconds(1), 5), new FaultRule.Abort(503, 5));
        assertThat(bytes(lucky.evaluator(), new Live("GET", "/x", token), bound -> bound - 1))
                .isEqualTo(RECORD);
    }

    private static long bytes(Evaluator evaluator, Request request) {
        return bytes(evaluator, request, FIRST);
    }

    /** Bytes for each decision, rounded down: the odd byte more is the virtual machine's own. */
    private static long bytes(Evaluator evaluator, Request request, Draw draw) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int passed = 0;
        for (int i = 0; i < 2_000; i++) {
            passed += evaluator.decide(request, draw) instanceof Decision.Forward ? 1 : 0;
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < DECISIONS; i++) {
            passed += evaluator.decide(request, draw) instanceof Decision.Forward ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(passed).isEqualTo(DECISIONS + 2_000);
        return allocated / DECISIONS;
    }

    private static long sizeOfForward() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Decision[] kept = new Decision[1_000];
        Decision.Forward one = TestApi.forward(orders().evaluator().decide(TestApi.request("GET", "/"), FIRST));
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new Decision.Forward(
                    one.api(),
                    one.access(),
                    one.route(),
                    one.version(),
                    one.path(),
                    one.forwardPath(),
                    false,
                    List.of(),
                    null);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / kept.length;
    }

    /** A request that allocates nothing itself. */
    private record Live(String method, String path, Token token, Via via, String host) implements Request {
        Live(String method, String path, Token token) {
            this(method, path, token, Via.ENTRY, TestApi.HOST + ":8080");
        }

        @Override
        public String query() {
            return "a=b&beta=1";
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals("x-user") ? "alice" : null;
        }

        @Override
        public String cookie(String name) {
            return "v2";
        }
    }
}
