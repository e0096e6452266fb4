package dev.lintel.traffic;

import static dev.lintel.core.match.Match.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Route;
import org.junit.jupiter.api.Test;

/** Redirects, and answers in place of the service. */
class AnswerPoliciesTest {
    private static Route route(String match, Answer answer) {
        return new Route(match(match), null, answer, Origin.unknown());
    }

    @Test
    void becomeRoutesWithAnAnswer() {
        assertThat(Said.orders()
                        .redirect(match("/old/**"), Redirect.toPath("/new").status(308))
                        .redirect(
                                match("/far"),
                                Redirect.toHost("far.example").scheme("http").port(8080))
                        .redirect(
                                match("/safe"),
                                Redirect.toHttps().host("safe.example").path("/"))
                        .respond(match("/ping"), 200, "pong")
                        .respond(match("/gone/**"), 410, "application/json", "{}")
                        .model()
                        .entry()
                        .routes())
                .containsExactly(
                        route("/far", new Answer.Redirect(302, "http", "far.example", 8080, null)),
                        route("/safe", new Answer.Redirect(302, "https", "safe.example", null, "/")),
                        route("/ping", new Answer.Direct(200, "text/plain; charset=utf-8", "pong")),
                        route("/old/**", new Answer.Redirect(308, null, null, null, "/new")),
                        route("/gone/**", new Answer.Direct(410, "application/json", "{}")),
                        new Route(Match.any(), null, Origin.unknown()));
    }

    @Test
    void aRedirectIsSaidRight() {
        assertThatThrownBy(() -> Redirect.toPath("/new").status(304))
                .hasMessage("a redirect answers with 301, 302, 303, 307 or 308, but was given 304");
        assertThatThrownBy(() -> Redirect.toHost("far.example").scheme("javascript"))
                .hasMessage("a redirect goes to http or https, but was given 'javascript'");
        assertThatThrownBy(() -> Redirect.toHost("far.example/x"))
                .hasMessage(
                        "a host must be lower-case DNS labels joined by dots, without port, but was 'far.example/x'");
        assertThatThrownBy(() -> Redirect.toHttps().port(0))
                .hasMessage("a port must be 1 to 65535, but a redirect was given 0");
        for (String path : new String[] {"//evil.example", "/\\evil.example", "new", "/a?b", "/a#b", "/a\r\nx: y"}) {
            assertThatThrownBy(() -> Redirect.toPath(path))
                    .hasMessage(
                            "a redirect goes to a path in normal form, without query, but was given '" + path + "'");
        }
        assertThatThrownBy(() -> new Redirect(302, null, null, null, null))
                .hasMessage("a redirect must change the scheme, the host, the port or the path");
    }

    @Test
    void anAnswerIsSaidRight() {
        Match ping = match("/ping");
        assertThatThrownBy(() -> Said.orders().respond(ping, 302, ""))
                .hasMessage(
                        "an answer in place of the service has a status of 200 to 599 but not of 300 to 399, for which"
                                + " there is redirect(…), but '/ping' was given 302");
        assertThatThrownBy(() -> Said.orders().respond(ping, 100, ""))
                .hasMessage(
                        "an answer in place of the service has a status of 200 to 599 but not of 300 to 399, for which"
                                + " there is redirect(…), but '/ping' was given 100");
        assertThatThrownBy(() -> Said.orders().respond(ping, 204, "x"))
                .hasMessage("an answer of 204 has no body, but '/ping' was given one (RFC 9110, 15.3)");
        assertThatThrownBy(() -> Said.orders().respond(ping, 200, "x".repeat(4097)))
                .hasMessage("the body of an answer must have at most 4096 characters, but '/ping' was given 4097");
        assertThatThrownBy(() -> Said.orders().respond(ping, 200, "text", "x"))
                .hasMessage("the type of an answer must be a media type, as text/plain, but '/ping' was given 'text'");
        assertThatThrownBy(() -> Said.orders().respond(ping, 200, "text/plain\r\nx: y", "x"))
                .hasMessage("the type of an answer must be a media type, as text/plain, but '/ping' was given"
                        + " 'text/plain\r\nx: y'");
    }

    @Test
    void oneMatchIsAnsweredOrRoutedOnce() {
        assertThat(Said.orders()
                        .route("/old/{id}", "v2")
                        .respond(match("/old/{any}"), 410, "gone")
                        .redirect(match("/old/{x}"), Redirect.toPath("/new"))
                        .problems())
                .containsExactly(
                        "route.twice | orders.shop traffic.respond/v1: '/old/{any}' and '/old/{x}' speak about the same"
                                + " requests, first at Test.java | say once where they go",
                        "route.twice | orders.shop traffic.route/v1: '/old/{id}' and '/old/{x}' speak about the same"
                                + " requests, first at Test.java | say once where they go");
    }

    @Test
    void aRedirectOntoItselfIsAProblem() {
        String hint = " | redirect to a path that is not redirected itself, or to another host";
        assertThat(Said.orders()
                        .redirect(match("/old/**"), Redirect.toPath("/old/new"))
                        .problems())
                .containsExactly(
                        "redirect.circle | orders.shop: sends callers in circles: '/old/**' redirects to '/old/new',"
                                + " which is redirected again" + hint);
        assertThat(Said.orders()
                        .atHost("api.shop.example")
                        .redirect(match("/**"), Redirect.toPath("/").host("api.shop.example"))
                        .problems())
                .containsExactly(
                        "redirect.circle | orders.shop: sends callers in circles: '/**' redirects to '/', which is"
                                + " redirected again" + hint);
        assertThat(Said.orders()
                        .redirect(match("/a"), Redirect.toPath("/b"))
                        .redirect(match("/b"), Redirect.toPath("/c"))
                        .redirect(match("/c"), Redirect.toPath("/a"))
                        .problems())
                .containsExactly("redirect.circle | orders.shop: sends callers in circles: '/a' redirects to '/b', '/b'"
                        + " redirects to '/c' at Test.java, '/c' redirects to '/a' at Test.java, which is redirected again"
                        + hint);
    }

    @Test
    void redirectsThatEndSomewhereAreFine() {
        assertThat(Said.orders()
                        .redirect(match("/old/**"), Redirect.toPath("/old/new"))
                        .route("/old/new", "v2")
                        .problems())
                .isEmpty();
        assertThat(Said.orders()
                        .redirect(match("POST /form"), Redirect.toPath("/form").status(303))
                        .redirect(match("/a"), Redirect.toPath("/b"))
                        .redirect(match("/b"), Redirect.toPath("/c"))
                        .redirect(match("/x/**"), Redirect.toPath("/x").host("far.example"))
                        .redirect(match("/y/**"), Redirect.toPath("/y").scheme("https"))
                        .redirect(match("/**").header("x-old", "1"), Redirect.toHttps())
                        .problems())
                .isEmpty();
        assertThat(Said.orders()
                        .redirect(match("POST /form"), Redirect.toPath("/form").status(307))
                        .problems())
                .hasSize(1);
    }

    @Test
    void whatIsAnsweredIsNotRewritten() {
        assertThat(Said.orders()
                        .rewritePath("/old/**", "/new/**")
                        .redirect(match("/old/**"), Redirect.toPath("/new"))
                        .problems())
                .containsExactly(
                        "rewrite.answered | orders.shop: rewrites '/old/**', but '/old/**' is answered in place of"
                                + " the service, said at Test.java | say one of the two");
    }
}
