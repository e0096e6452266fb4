package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer.Direct;
import dev.lintel.core.model.Answer.Redirect;
import dev.lintel.core.model.Requirement;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AnswerInPlaceTest {
    private static final Draw FIRST = bound -> 0;

    /** A request whose scheme is known. */
    private record Schemed(RequestValue value, @Nullable String scheme) implements Request {
        @Override
        public String method() {
            return value.method();
        }

        @Override
        public String host() {
            return value.host();
        }

        @Override
        public String path() {
            return value.path();
        }

        @Override
        public @Nullable String query() {
            return value.query();
        }

        @Override
        public @Nullable String header(String name) {
            return value.header(name);
        }

        @Override
        public @Nullable String cookie(String name) {
            return value.cookie(name);
        }

        @Override
        public Token token() {
            return value.token();
        }
    }

    private static Redirect redirect(
            @Nullable String scheme, @Nullable String host, @Nullable Integer port, @Nullable String path) {
        return new Redirect(302, scheme, host, port, path);
    }

    private static Decision decide(Redirect to, Request request) {
        return World.open().answer("/old/**", to).evaluator().decide(request, FIRST);
    }

    private static @Nullable String location(Redirect to, Request request) {
        return ((Decision.Reply) decide(to, request)).location();
    }

    private static RequestValue request(String host, String path, @Nullable String query) {
        return RequestValue.of("GET", host, path, query);
    }

    private static RequestValue old(@Nullable String query) {
        return request("orders.shop.localhost", "/old/a", query);
    }

    @Test
    void aRouteMayBeAnsweredInPlaceOfTheService() {
        Evaluator evaluator = World.open()
                .split(null, "v1", 100)
                .choice(Condition.header("x-canary", "1"), "v2")
                .mirror("v3", 100)
                .answer("/ping", new Direct(200, "text/plain", "pong"))
                .answer("/none", new Direct(204, "text/plain", ""))
                .evaluator();
        Decision.Reply pong =
                (Decision.Reply) evaluator.decide(World.get("/ping").header("x-canary", "1"), FIRST);
        assertThat(pong.status()).isEqualTo(200);
        assertThat(pong.contentType()).isEqualTo("text/plain");
        assertThat(pong.body()).isEqualTo("pong");
        assertThat(pong.fault()).isFalse();
        assertThat(pong.delay()).isNull();
        assertThat(pong).hasToString("answer with 200");
        Decision.Reply none = (Decision.Reply) evaluator.decide(World.get("/none"), FIRST);
        assertThat(none.contentType()).isEmpty();
        assertThat(evaluator.decide(World.get("/ping/x"), FIRST)).hasToString("forward to orders.shop v1 /ping/x");
    }

    @Test
    void accessIsAskedBeforeAnAnswer() {
        Evaluator evaluator = World.open()
                .rule("/**", Requirement.TOKEN, 1)
                .rule("/closed", Requirement.DENIED, 2)
                .answer("/ping", new Direct(200, "text/plain", "pong"))
                .answer("/closed", new Direct(200, "text/plain", "open"))
                .evaluator();
        assertThat(evaluator.decide(World.get("/ping"), FIRST))
                .hasToString("refuse with 401 NO_TOKEN: a token is needed");
        assertThat(evaluator.decide(World.get("/closed"), FIRST))
                .hasToString("refuse with 403 DENIED: nobody may call this");
    }

    @Test
    void callsFromInsideAreNotAnsweredInPlace() {
        Evaluator evaluator = World.open()
                .answer("/**", new Direct(200, "text/plain", "pong"))
                .evaluator();
        assertThat(evaluator.decide(
                        RequestValue.of("GET", "orders.shop", "/x", null).inMesh(), FIRST))
                .hasToString("forward to orders.shop /x");
    }

    @Test
    void whatARedirectDoesNotNameStaysAndTheQueryAlways() {
        assertThat(location(redirect(null, null, null, "/new"), old("a=b&c=%20")))
                .isEqualTo("/new?a=b&c=%20");
        assertThat(location(redirect(null, "far.example", null, null), new Schemed(old(null), "http")))
                .isEqualTo("http://far.example/old/a");
        assertThat(location(redirect("https", "far.example", 8443, "/new"), old("a")))
                .isEqualTo("https://far.example:8443/new?a");
        assertThat(location(redirect("https", null, null, null), old("")))
                .isEqualTo("https://orders.shop.localhost/old/a?");
        assertThat(location(redirect(null, null, 8080, null), new Schemed(old(null), "http")))
                .isEqualTo("http://orders.shop.localhost:8080/old/a");
        assertThat(location(redirect("http", null, 80, null), old(null)))
                .isEqualTo("http://orders.shop.localhost/old/a");
    }

    @Test
    void aPortStaysOnlyWhereSchemeAndHostDo() {
        RequestValue request = request("Orders.Shop.localhost.:8080", "/old/a", null);
        assertThat(location(redirect("https", null, null, null), request))
                .isEqualTo("https://orders.shop.localhost/old/a");
        assertThat(location(redirect(null, "far.example", null, null), request)).isEqualTo("https://far.example/old/a");
        assertThat(location(redirect(null, null, null, "/new"), request)).isEqualTo("/new");
    }

    @Test
    void whereTheSchemeIsNotKnownItIsHttps() {
        assertThat(location(redirect(null, "far.example", null, null), old(null)))
                .isEqualTo("https://far.example/old/a");
        assertThat(location(redirect(null, "far.example", null, null), new Schemed(old(null), "gopher")))
                .isEqualTo("https://far.example/old/a");
    }

    @Test
    void aRedirectThatOnlyLeadsToWhereTheCallerIsLetsPass() {
        assertThat(decide(redirect("https", null, null, null), new Schemed(old(null), "https")))
                .hasToString("forward to orders.shop /old/a");
        assertThat(decide(redirect("https", null, null, null), new Schemed(old(null), "http")))
                .hasToString("answer with 302 to https://orders.shop.localhost/old/a");
        assertThat(decide(redirect(null, "orders.shop.localhost", null, null), old(null)))
                .hasToString("forward to orders.shop /old/a");
        RequestValue ported = request("orders.shop.localhost:8443", "/old/a", null);
        assertThat(decide(redirect(null, null, 8443, null), ported)).hasToString("forward to orders.shop /old/a");
        assertThat(decide(redirect(null, null, 443, null), ported))
                .hasToString("answer with 302 to https://orders.shop.localhost/old/a");
        assertThat(decide(redirect(null, null, 443, null), old(null))).hasToString("forward to orders.shop /old/a");
    }

    @Test
    void theLocationNeverNamesAnotherHostByItsPath() {
        World world = World.open().answer("/**", redirect(null, null, null, null));
        assertThat(location(redirect(null, null, null, "//evil.example"), old(null)))
                .isEqualTo("/evil.example");
        assertThat(location(redirect(null, null, null, "/\\/evil.example"), old(null)))
                .isEqualTo("/evil.example");
        Evaluator https =
                World.open().answer("/**", redirect("https", null, null, null)).evaluator();
        for (String path :
                new String[] {"//evil.example", "/%2f/evil.example", "/\\evil.example", "/./%2Fevil.example"}) {
            Decision.Reply reply = (Decision.Reply) https.decide(request("orders.shop.localhost", path, null), FIRST);
            assertThat(reply.location()).isEqualTo("https://orders.shop.localhost/evil.example");
        }
        assertThat(https.decide(request("evil.example", "/x", null), FIRST))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
        assertThat(world.evaluator().decide(old(null), FIRST)).hasToString("forward to orders.shop /old/a");
    }

    @Test
    void aQueryCannotEndTheHeader() {
        assertThat(location(redirect(null, null, null, "/new"), old("a=b\r\nSet-Cookie: x=y#z é😀\"<>")))
                .isEqualTo("/new?a=b%0D%0ASet-Cookie:%20x=y%23z%20%C3%A9%F0%9F%98%80%22%3C%3E");
    }

    @Test
    void secretsInAQueryAreNotPrinted() {
        assertThat(decide(redirect(null, null, null, "/new"), old("key=canary-secret")))
                .hasToString("answer with 302 to /new?[redacted]");
        assertThat(World.open()
                        .answer("/old/**", redirect(null, null, null, "/new"))
                        .evaluator()
                        .trace(old("key=canary-secret"), FIRST)
                        .render())
                .doesNotContain("canary-secret");
    }

    @RepeatedTest(10)
    void whateverComesTheLocationIsOneLineOfAsciiAtThisHost(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String alphabet = "/\\.;:@?#%2fF5c \r\n\t\u0000é_-a0\"<>&=";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder path = new StringBuilder("/");
            StringBuilder query = new StringBuilder();
            for (int c = random.nextInt(12); c > 0; c--) {
                path.append(alphabet.charAt(random.nextInt(alphabet.length())));
                query.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            RequestValue request = request("orders.shop.localhost", path.toString(), query.toString());
            boolean whole = random.nextBoolean();
            Redirect to = redirect(whole ? "https" : null, null, null, whole ? null : "/new");
            Decision decision = World.open().answer("/**", to).evaluator().decide(request, FIRST);
            if (decision instanceof Decision.Reply reply) {
                assertThat(reply.location())
                        .matches(
                                whole
                                        ? "https://orders\\.shop\\.localhost/(?!/)[\\x21-\\x7e]*"
                                        : "/new\\?[\\x21-\\x7e]*");
            }
        }
    }
}
