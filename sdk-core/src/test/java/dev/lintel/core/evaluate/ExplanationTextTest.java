package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static dev.lintel.core.evaluate.TestApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people read when they ask why. */
class ExplanationTextTest {
    private final Evaluator evaluator = orders().scope("/orders/**", "orders.read")
            .rule("/public/**", Requirement.PUBLIC)
            .rule("/internal/**", Requirement.DENIED)
            .route("GET /orders/beta/**", "v2")
            .rewrite("/orders/**", "/api/orders")
            .split(new Sticky(By.COOKIE, "lintel-version"), "v1", 90, "v2", 10)
            .guard(new CountingRule("quota", 600))
            .evaluator();

    @Test
    void everyStepOfAForwardedRequestHasALine() {
        assertThat(rendered(request("GET", "/orders//7?x=1").token(token("orders.read", "orders.list"))))
                .isEqualTo("""
                        GET orders.shop.localhost/orders//7?x=1
                          = forward to orders.shop v1 /api/orders/7

                          path     /orders//7 means /orders/7
                          host     orders.shop.localhost is orders.shop           Orders.java:1
                          token    of alice, from https://id.example, for orders, scopes orders.read orders.list
                          access   /orders/** needs scope orders.read: granted    Orders.java:10
                          guard    quota, at most 600 calls: passed               Orders.java:99
                          route    /** goes to the service                        Orders.java:1
                          split    v1 90 %, v2 10 %: drawn v1                     Orders.java:15
                          rewrite  /orders/** becomes /api/orders: /api/orders/7  Orders.java:14
                        """);
    }

    @Test
    void aRouteGoesPastTheSplit() {
        assertThat(rendered(request("GET", "/orders/beta").token(token("orders.read"))))
                .isEqualTo("""
                        GET orders.shop.localhost/orders/beta
                          = forward to orders.shop v2 /api/orders/beta

                          path     /orders/beta is in normal form
                          host     orders.shop.localhost is orders.shop                    Orders.java:1
                          token    of alice, from https://id.example, for orders, scopes orders.read
                          access   /orders/** needs scope orders.read: granted             Orders.java:10
                          guard    quota, at most 600 calls: passed                        Orders.java:99
                          route    GET /orders/beta/** goes to version v2, past the split  Orders.java:13
                          rewrite  /orders/** becomes /api/orders: /api/orders/beta        Orders.java:14
                        """);
    }

    @Test
    void aCookieKeepsAVersion() {
        RequestValue request = request("GET", "/public/x").header("Cookie", "lintel-version=v2");
        assertThat(rendered(request)).isEqualTo("""
                        GET orders.shop.localhost/public/x
                          = forward to orders.shop v2 /public/x

                          path     /public/x is in normal form
                          host     orders.shop.localhost is orders.shop                       Orders.java:1
                          token    none was presented
                          access   /public/** is public: granted                              Orders.java:11
                          guard    quota, at most 600 calls: passed                           Orders.java:99
                          route    /** goes to the service                                    Orders.java:1
                          split    v1 90 %, v2 10 %: kept on v2 by the cookie lintel-version  Orders.java:15
                        """);
    }

    @Test
    void aHeaderKeepsAVersion() {
        Evaluator byHeader = orders().split(new Sticky(By.HEADER, "x-user"), "v1", 50, "v2", 50)
                .evaluator();
        assertThat(byHeader.explain(request("GET", "/").header("x-user", "alice"), FIRST)
                        .render())
                .isEqualTo("""
                        GET orders.shop.localhost/
                          = forward to orders.shop v1 /

                          path     / is in normal form
                          host     orders.shop.localhost is orders.shop                            Orders.java:1
                          access   no access policy, everybody may call and tokens are not judged  Orders.java:1
                          route    /** goes to the service                                         Orders.java:1
                          split    v1 50 %, v2 50 %: kept on v1 by the header x-user               Orders.java:10
                        """);
    }

    @Test
    void aMissingScopeIsNamedWithTheRuleThatAskedForIt() {
        assertThat(rendered(request("POST", "/orders/7").token(token()))).isEqualTo("""
                        POST orders.shop.localhost/orders/7
                          = refuse with 403 INSUFFICIENT_SCOPE: the token lacks scope orders.read
                            WWW-Authenticate: Bearer error="insufficient_scope", scope="orders.read"

                          path     /orders/7 is in normal form
                          host     orders.shop.localhost is orders.shop         Orders.java:1
                          token    of alice, from https://id.example, for orders, without scopes
                          access   /orders/** needs scope orders.read: refused  Orders.java:10
                        """);
    }

    @Test
    void aMissingTokenIsNamedWithTheRuleThatNeedsIt() {
        assertThat(rendered(request("GET", "/orders/7"))).isEqualTo("""
                        GET orders.shop.localhost/orders/7
                          = refuse with 401 NO_TOKEN: a token is needed
                            WWW-Authenticate: Bearer

                          path     /orders/7 is in normal form
                          host     orders.shop.localhost is orders.shop         Orders.java:1
                          token    none was presented
                          access   /orders/** needs scope orders.read: refused  Orders.java:10
                        """);
    }

    @Test
    void aBadTokenIsToldByItsReasonOnly() {
        assertThat(rendered(request("GET", "/public/x").token(new Token.Rejected("the signature is wrong"))))
                .isEqualTo("""
                        GET orders.shop.localhost/public/x
                          = refuse with 401 INVALID_TOKEN: the signature is wrong
                            WWW-Authenticate: Bearer error="invalid_token", error_description="the signature is wrong"

                          path     /public/x is in normal form
                          host     orders.shop.localhost is orders.shop      Orders.java:1
                          token    refused, the signature is wrong
                          access   /public/** is public: not asked any more  Orders.java:11
                        """);
    }

    @Test
    void aTokenForSomebodyElseIsToldWithItsAudience() {
        Token foreign = new Token.Verified(
                "https://id.example", null, List.of("billing", "mail"), List.of(), Map.of("secret", "hidden"));
        assertThat(rendered(request("GET", "/orders/7").token(foreign))).isEqualTo("""
                        GET orders.shop.localhost/orders/7
                          = refuse with 401 WRONG_AUDIENCE: the token is for another audience
                            WWW-Authenticate: Bearer error="invalid_token", error_description="the token is for another audience"

                          path     /orders/7 is in normal form
                          host     orders.shop.localhost is orders.shop                    Orders.java:1
                          token    from https://id.example, for billing and mail, without scopes: refused, the token is for another audience
                          access   /orders/** needs scope orders.read: not asked any more  Orders.java:10
                        """);
    }

    @Test
    void aDeniedPathIsTold() {
        assertThat(rendered(request("GET", "/internal/x"))).isEqualTo("""
                        GET orders.shop.localhost/internal/x
                          = refuse with 403 DENIED: nobody may call this

                          path     /internal/x is in normal form
                          host     orders.shop.localhost is orders.shop  Orders.java:1
                          token    none was presented
                          access   /internal/** is denied: refused       Orders.java:12
                        """);
    }

    @Test
    void aPathThatNoRuleSpeaksAboutIsTold() {
        assertThat(rendered(request("GET", "/elsewhere"))).isEqualTo("""
                        GET orders.shop.localhost/elsewhere
                          = refuse with 404 UNMATCHED: no access rule speaks about this method and path

                          path     /elsewhere is in normal form
                          host     orders.shop.localhost is orders.shop  Orders.java:1
                          token    none was presented
                          access   no rule speaks about this method and path: refused
                        """);
    }

    @Test
    void aGuardThatRefusesIsTold() {
        Evaluator closed = orders().guard(new CountingRule("quota", 0)).evaluator();
        assertThat(closed.explain(request("GET", "/"), FIRST).render()).isEqualTo("""
                        GET orders.shop.localhost/
                          = refuse with 429 GUARDED: GET / of null at orders.shop

                          path     / is in normal form
                          host     orders.shop.localhost is orders.shop                                    Orders.java:1
                          access   no access policy, everybody may call and tokens are not judged          Orders.java:1
                          guard    quota, at most 0 calls: refused with 429, GET / of null at orders.shop  Orders.java:99
                        """);
    }

    @Test
    void aBadPathIsTold() {
        assertThat(rendered(request("GET", "/a/../../b"))).isEqualTo("""
                        GET orders.shop.localhost/a/../../b
                          = refuse with 400 BAD_REQUEST: '..' must not lead above the root

                          path     refused, '..' must not lead above the root
                        """);
        assertThat(rendered(request("GET", "/a;b"))).isEqualTo("""
                        GET orders.shop.localhost/a;b
                          = refuse with 400 BAD_REQUEST: a path must not contain ';'

                          path     /a;b is in normal form
                          host     orders.shop.localhost is orders.shop  Orders.java:1
                          path     refused, a path must not contain ';'
                        """);
    }

    @Test
    void aBadHostIsTold() {
        assertThat(rendered(RequestValue.of("GET", "nobody.shop.localhost", "/", null)))
                .isEqualTo("""
                        GET nobody.shop.localhost/
                          = refuse with 404 UNKNOWN_HOST: no API is exposed at this host

                          path     / is in normal form
                          host     refused, no API is exposed at this host
                        """);
        assertThat(rendered(RequestValue.of("GET", "no host", "/", null))).isEqualTo("""
                        GET no host/
                          = refuse with 400 BAD_REQUEST: the host is not a host name

                          path     / is in normal form
                          host     refused, the host is not a host name
                        """);
    }

    @Test
    void anOpenApiIsTold() {
        assertThat(orders().evaluator().explain(request("GET", "/"), FIRST).render())
                .isEqualTo("""
                        GET orders.shop.localhost/
                          = forward to orders.shop /

                          path     / is in normal form
                          host     orders.shop.localhost is orders.shop                            Orders.java:1
                          access   no access policy, everybody may call and tokens are not judged  Orders.java:1
                          route    /** goes to the service                                         Orders.java:1
                          split    none, any workload of the service will do
                        """);
    }

    @Test
    void aCallFromInsideIsTold() {
        RequestValue inside = RequestValue.of("GET", "orders.shop.svc.cluster.local", "/orders/7", null)
                .inMesh();
        assertThat(rendered(inside)).isEqualTo("""
                        GET orders.shop.svc.cluster.local/orders/7
                          = forward to orders.shop v1 /orders/7

                          path     /orders/7 is in normal form
                          host     orders.shop.svc.cluster.local is orders.shop, from inside: no entry policies  Orders.java:1
                          split    v1 90 %, v2 10 %: drawn v1                                                    Orders.java:15
                        """);
    }

    @Test
    void whatCameFromOutsideCannotSteerATerminal() {
        RequestValue request = RequestValue.of("GET", "orders.shop.localhost", "/\u001b[31m\r\n", null);
        assertThat(rendered(request)).startsWith("GET orders.shop.localhost/?[31m??\n  = refuse with 400");
    }

    @Test
    void aVeryLongTextDoesNotPushTheOthersAside() {
        Evaluator wordy = orders().rule("/**", TestApi.claim("group", "a".repeat(40), "b".repeat(40)))
                .split("v1", 100)
                .evaluator();
        Token token = new Token.Verified(
                "https://id.example", "alice", List.of("orders"), List.of(), Map.of("group", "a".repeat(40)));
        assertThat(wordy.explain(request("GET", "/").token(token), FIRST).render())
                .isEqualTo("""
                        GET orders.shop.localhost/
                          = forward to orders.shop v1 /

                          path     / is in normal form
                          host     orders.shop.localhost is orders.shop  Orders.java:1
                          token    of alice, from https://id.example, for orders, without scopes
                          access   /** needs claim group=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb: granted  Orders.java:10
                          route    /** goes to the service               Orders.java:1
                          split    v1 100 %: drawn v1                    Orders.java:11
                        """);
    }

    @Test
    void theDecisionThatIsExplainedIsTheDecisionThatIsMade() {
        for (String path : new String[] {"/orders/7", "/public/x", "/internal", "/x", "/a;b", "/.."}) {
            for (Token token : new Token[] {Token.NONE, token("orders.read"), new Token.Rejected("forged")}) {
                RequestValue request = request("GET", path).token(token);
                assertThat(evaluator.explain(request, FIRST).decision()).isEqualTo(evaluator.decide(request, FIRST));
            }
        }
    }

    private String rendered(RequestValue request) {
        return evaluator.explain(request, FIRST).render();
    }
}
