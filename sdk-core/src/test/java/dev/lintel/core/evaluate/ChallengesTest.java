package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.ISSUER;
import static dev.lintel.core.evaluate.TestApi.claim;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static dev.lintel.core.evaluate.TestApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call, and what those are told who may not. */
class ChallengesTest {
    private static final Token FORGED = new Token.Rejected("the signature is wrong");

    private final Evaluator evaluator = orders().rule("/public/**", Requirement.PUBLIC)
            .rule("/internal/**", Requirement.DENIED)
            .rule("/any", Requirement.TOKEN)
            .scope("/orders/**", "orders.read")
            .scope("POST /orders/**", "orders.read", "orders.write")
            .evaluator();

    @Test
    void withoutAnAccessPolicyEveryRequestPassesAndTokensAreNotJudged() {
        Evaluator open = orders().evaluator();
        for (Token token : new Token[] {Token.NONE, FORGED, new Token.Unverifiable("down"), token()}) {
            Decision.Forward forward =
                    TestApi.forward(open.decide(request("GET", "/x").token(token), FIRST));
            assertThat(forward.access()).isNull();
        }
    }

    @Test
    void aRequestThatNoRuleSpeaksAboutIsAnswered404() {
        refused(
                request("GET", "/elsewhere"),
                404,
                Reason.UNMATCHED,
                "no access rule speaks about this method and path",
                null);
        refused(
                request("GET", "/elsewhere").token(token("orders.read")),
                404,
                Reason.UNMATCHED,
                "no access rule speaks about this method and path",
                null);
    }

    @Test
    void issuersWithoutRulesLetNobodyIn() {
        ApiModel api = orders().model();
        Access access =
                new Access(List.of(new Issuer(ISSUER, null, List.of("RS256"), Origin.unknown())), List.of(), List.of());
        Entry entry = api.entry();
        Evaluator closed = Evaluator.of(new MeshModel(List.of(new ApiModel(
                api.name(),
                api.namespace(),
                new Entry(entry.hosts(), access, entry.routes(), entry.rewrites(), entry.headers(), false),
                api.service(),
                List.of(),
                api.origin()))));
        assertThat(TestApi.refuse(closed.decide(request("GET", "/"), FIRST)).reason())
                .isEqualTo(Reason.UNMATCHED);
    }

    @Test
    void whereATokenIsNeededAndNoneCameTheAnswerIs401WithABareChallenge() {
        refused(request("GET", "/orders/7"), 401, Reason.NO_TOKEN, "a token is needed", "Bearer");
        refused(request("GET", "/any"), 401, Reason.NO_TOKEN, "a token is needed", "Bearer");
    }

    @Test
    void aBadTokenIsAnswered401InvalidToken() {
        refused(
                request("GET", "/orders/7").token(FORGED),
                401,
                Reason.INVALID_TOKEN,
                "the signature is wrong",
                "Bearer error=\"invalid_token\", error_description=\"the signature is wrong\"");
    }

    @Test
    void aTokenFromAnIssuerThatIsNotTrustedIsAnswered401InvalidToken() {
        Token foreign = Token.Verified.of("https://other.example", "alice", "orders", "orders.read");
        refused(
                request("GET", "/orders/7").token(foreign),
                401,
                Reason.INVALID_TOKEN,
                "the token's issuer is not trusted here",
                "Bearer error=\"invalid_token\", error_description=\"the token's issuer is not trusted here\"");
    }

    @Test
    void aTokenForAnotherAudienceIsAnswered401InvalidToken() {
        Token foreign = Token.Verified.of(ISSUER, "alice", "billing", "orders.read");
        refused(
                request("GET", "/orders/7").token(foreign),
                401,
                Reason.WRONG_AUDIENCE,
                "the token is for another audience",
                "Bearer error=\"invalid_token\", error_description=\"the token is for another audience\"");
    }

    @Test
    void aMissingScopeIsAnswered403InsufficientScopeWithTheScopesThatWouldDo() {
        refused(
                request("GET", "/orders/7").token(token("orders.list")),
                403,
                Reason.INSUFFICIENT_SCOPE,
                "the token lacks scope orders.read",
                "Bearer error=\"insufficient_scope\", scope=\"orders.read\"");
        refused(
                request("POST", "/orders/7").token(token("orders.read")),
                403,
                Reason.INSUFFICIENT_SCOPE,
                "the token lacks scope orders.write",
                "Bearer error=\"insufficient_scope\", scope=\"orders.read orders.write\"");
    }

    @Test
    void aMissingClaimIsAnswered403InsufficientScope() {
        Evaluator claims = orders().rule("/**", claim("role", "admin", "owner")).evaluator();
        Decision.Refuse refused =
                TestApi.refuse(claims.decide(request("GET", "/").token(token("a")), FIRST));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("the token lacks claim role=admin|owner");
        assertThat(refused.challenge()).isEqualTo("Bearer error=\"insufficient_scope\"");
    }

    @Test
    void aDeniedPathIsAnswered403WithAndWithoutAToken() {
        refused(request("GET", "/internal/x"), 403, Reason.DENIED, "nobody may call this", null);
        refused(
                request("GET", "/internal/x").token(token("orders.read")),
                403,
                Reason.DENIED,
                "nobody may call this",
                null);
    }

    @Test
    void aTokenThatCannotBeJudgedIsAnswered503() {
        Token token = new Token.Unverifiable("the keys of https://id.example cannot be had");
        refused(
                request("GET", "/orders/7").token(token),
                503,
                Reason.UNVERIFIABLE,
                "the keys of https://id.example cannot be had",
                null);
    }

    @Test
    void aTokenThatIsPresentedIsJudgedOnPublicPathsToo() {
        assertThat(evaluator.decide(request("GET", "/public/x"), FIRST)).isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.decide(request("GET", "/public/x").token(token()), FIRST))
                .isInstanceOf(Decision.Forward.class);
        assertThat(status(evaluator, "/public/x", FORGED)).isEqualTo(401);
        assertThat(status(evaluator, "/public/x", Token.Verified.of(ISSUER, "a", "billing")))
                .isEqualTo(401);
        assertThat(status(evaluator, "/public/x", new Token.Unverifiable("down")))
                .isEqualTo(503);
    }

    @Test
    void theTokenIsJudgedBeforeDenyRulesAndBeforeUnmatchedPaths() {
        assertThat(status(evaluator, "/internal/x", FORGED)).isEqualTo(401);
        assertThat(status(evaluator, "/elsewhere", FORGED)).isEqualTo(401);
    }

    @Test
    void oneOfTheGrantsIsEnoughAndOfAGrantEverythingIsNeeded() {
        Grant scopeAndClaim = new Grant(List.of("a"), List.of(new Grant.ClaimRule("level", List.of("3", "4"))));
        Grant other = new Grant(List.of("b", "c"), List.of());
        Evaluator grants = orders().rule("/**", new Requirement.Token(List.of(scopeAndClaim, other)))
                .evaluator();
        assertThat(passes(grants, claims(List.of("a"), Map.of("level", 3)))).isTrue();
        assertThat(passes(grants, claims(List.of("a", "x"), Map.of("level", 4L))))
                .isTrue();
        assertThat(passes(grants, claims(List.of("c", "b"), Map.of()))).isTrue();
        assertThat(passes(grants, claims(List.of("a"), Map.of("level", 5)))).isFalse();
        assertThat(passes(grants, claims(List.of("a", "b"), Map.of()))).isFalse();
        assertThat(passes(grants, claims(List.of(), Map.of("level", 3)))).isFalse();
        Decision.Refuse refused =
                TestApi.refuse(grants.decide(request("GET", "/").token(token()), FIRST));
        assertThat(refused.detail()).isEqualTo("the token lacks scope a and claim level=3|4 or scope b c");
        assertThat(refused.challenge()).isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a\"");
        assertThat(TestApi.refuse(grants.decide(
                                request("GET", "/").token(claims(List.of("c"), Map.of("level", 3))), FIRST))
                        .detail())
                .as("of each grant what is not met")
                .isEqualTo("the token lacks scope a or scope b");
    }

    @Test
    void oneOfSeveralIssuersAndOneOfSeveralAudiencesIsEnough() {
        Evaluator several = orders().issuers("https://a.example", "https://b.example")
                .audiences("orders", "shop")
                .rule("/**", Requirement.TOKEN)
                .evaluator();
        assertThat(passes(several, verified("https://b.example", "x", "shop"))).isTrue();
        assertThat(passes(several, verified("https://a.example", "orders"))).isTrue();
        assertThat(passes(several, verified("https://a.example/", "orders"))).isFalse();
        assertThat(passes(several, verified("https://a.example", "order"))).isFalse();
        assertThat(passes(several, verified("https://a.example"))).isFalse();
    }

    @Test
    void withoutAudiencesAnyWillDoAndWithoutIssuersNoTokenWill() {
        Evaluator any = orders().audiences().rule("/**", Requirement.TOKEN).evaluator();
        assertThat(passes(any, verified(ISSUER, "whatever"))).isTrue();
        assertThat(passes(any, verified(ISSUER))).isTrue();
        Evaluator none = orders().issuers().rule("/**", Requirement.PUBLIC).evaluator();
        assertThat(passes(none, verified(ISSUER, "orders"))).isFalse();
        assertThat(passes(none, Token.NONE)).isTrue();
    }

    @Test
    void whatIsSaidInAChallengeCannotLeaveItsQuotes() {
        Token bad = new Token.Rejected("a \"quoted\" \\ reason\r\nX: y é " + "x".repeat(300));
        Decision.Refuse refused =
                TestApi.refuse(evaluator.decide(request("GET", "/any").token(bad), FIRST));
        assertThat(refused.challenge())
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"a 'quoted' ' reason''X: y ' "
                        + "x".repeat(172) + "\"");
        Evaluator odd = orders().scope("/**", "a\"b").evaluator();
        assertThat(TestApi.refuse(odd.decide(request("GET", "/").token(token()), FIRST))
                        .challenge())
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a'b\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/orders/7, none, 403, false",
        "/orders/7, forged, 401, true",
        "/orders/7, audience, 403, false",
        "/orders/7, scope, 403, false",
        "/orders/7, down, 401, false",
        "/elsewhere, good, 403, false",
        "/internal, good, 403, false",
    })
    void otherWorldsAnswerWithOtherStatuses(String path, String presented, int status, boolean challenge) {
        Map<String, Token> tokens = Map.of(
                "none",
                Token.NONE,
                "forged",
                FORGED,
                "audience",
                Token.Verified.of(ISSUER, "a", "billing"),
                "scope",
                token(),
                "down",
                new Token.Unverifiable("down"),
                "good",
                token("orders.read"));
        Evaluator istio = Evaluator.of(evaluator.model(), Statuses.ISTIO, java.time.InstantSource.system());
        Decision.Refuse refused =
                TestApi.refuse(istio.decide(request("GET", path).token(tokens.get(presented)), FIRST));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.challenge() != null).isEqualTo(challenge);
    }

    @Test
    void aRefusalKnowsItsApiAndItsRule() {
        Decision.Refuse refused = TestApi.refuse(evaluator.decide(request("POST", "/orders/7"), FIRST));
        assertThat(refused.api()).isSameAs(evaluator.model().apis().get(0));
        assertThat(String.valueOf(refused.access())).contains("POST /orders/**");
        assertThat(refused).hasToString("refuse with 401 NO_TOKEN: a token is needed");
    }

    private void refused(RequestValue request, int status, Reason reason, String detail, String challenge) {
        Decision.Refuse refused = TestApi.refuse(evaluator.decide(request, FIRST));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(refused.challenge()).isEqualTo(challenge);
    }

    private static int status(Evaluator evaluator, String path, Token token) {
        return TestApi.refuse(evaluator.decide(request("GET", path).token(token), FIRST))
                .status();
    }

    private static boolean passes(Evaluator evaluator, Token token) {
        return evaluator.decide(request("GET", "/").token(token), FIRST) instanceof Decision.Forward;
    }

    private static Token verified(String issuer, String... audiences) {
        return new Token.Verified(issuer, "alice", List.of(audiences), List.of(), Map.of());
    }

    private static Token claims(List<String> scopes, Map<String, Object> claims) {
        return new Token.Verified(ISSUER, "alice", List.of("orders"), scopes, claims);
    }
}
