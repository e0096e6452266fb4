package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Token.Verified;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Requirement READ =
            new Requirement.Token(List.of(new Grant(List.of("orders.read"), List.of())));
    private static final Requirement ADMIN_AND_MFA =
            new Requirement.Token(List.of(new Grant(List.of("orders.admin", "mfa"), List.of())));
    private static final Token GOOD = Verified.of(World.ISSUER, "alice", "orders", "orders.read");

    private final World world = World.open()
            .rule("/orders/**", READ, 31)
            .rule("/admin/**", ADMIN_AND_MFA, 32)
            .rule("/me", Requirement.TOKEN, 33)
            .rule("/docs/**", Requirement.PUBLIC, 34)
            .rule("/internal/**", Requirement.DENIED, 35)
            .audience("orders", "shop");

    @Test
    void withoutAnAccessPolicyEveryRequestIsLetThroughWhateverToken() {
        Evaluator open = World.open().evaluator();
        assertThat(open.decide(World.get("/x"), b -> 0)).isInstanceOf(Decision.Forward.class);
        assertThat(open.decide(World.get("/x").token(new Token.Rejected("forged")), b -> 0))
                .isInstanceOf(Decision.Forward.class);
    }

    @Test
    void aRequestThatNoRuleSpeaksAboutIsRefusedWith404() {
        assertThat(answer("/other", Token.NONE)).isEqualTo("404 UNMATCHED null");
        assertThat(answer("/other", GOOD)).isEqualTo("404 UNMATCHED null");
    }

    @Test
    void aMissingTokenIsChallenged() {
        assertThat(answer("/orders/7", Token.NONE)).isEqualTo("401 NO_TOKEN Bearer");
        assertThat(answer("/me", Token.NONE)).isEqualTo("401 NO_TOKEN Bearer");
    }

    @Test
    void aBadTokenIsInvalid() {
        assertThat(answer("/orders/7", new Token.Rejected("the token has expired")))
                .isEqualTo(
                        "401 INVALID_TOKEN Bearer error=\"invalid_token\", error_description=\"the token has expired\"");
    }

    @Test
    void aTokenOfAnotherIssuerIsInvalid() {
        assertThat(answer("/orders/7", Verified.of("https://evil.example", "alice", "orders", "orders.read")))
                .isEqualTo("401 INVALID_TOKEN Bearer error=\"invalid_token\","
                        + " error_description=\"the token's issuer is not trusted here\"");
    }

    @Test
    void aTokenForAnotherAudienceIsInvalid() {
        assertThat(answer("/orders/7", Verified.of(World.ISSUER, "alice", "billing", "orders.read")))
                .isEqualTo("401 WRONG_AUDIENCE Bearer error=\"invalid_token\","
                        + " error_description=\"the token is for another audience\"");
        assertThat(answer("/orders/7", Verified.of(World.ISSUER, "alice", "shop", "orders.read")))
                .isEqualTo("forward");
    }

    @Test
    void aMissingScopeIsNamed() {
        assertThat(answer("/admin", GOOD))
                .isEqualTo("403 INSUFFICIENT_SCOPE Bearer error=\"insufficient_scope\", scope=\"orders.admin mfa\"");
    }

    @Test
    void allScopesOfARuleAreNeeded() {
        assertThat(answer("/admin", Verified.of(World.ISSUER, "alice", "orders", "orders.admin")))
                .startsWith("403");
        assertThat(answer("/admin", Verified.of(World.ISSUER, "alice", "orders", "mfa", "orders.admin")))
                .isEqualTo("forward");
    }

    @Test
    void anyGoodTokenWillDoWhereNoScopeIsNamed() {
        assertThat(answer("/me", Verified.of(World.ISSUER, "alice", "orders"))).isEqualTo("forward");
    }

    @Test
    void publicPathsNeedNoTokenButJudgeTheOneThatComes() {
        assertThat(answer("/docs/a", Token.NONE)).isEqualTo("forward");
        assertThat(answer("/docs/a", GOOD)).isEqualTo("forward");
        assertThat(answer("/docs/a", new Token.Rejected("forged"))).startsWith("401 INVALID_TOKEN");
        assertThat(answer("/docs/a", Verified.of(World.ISSUER, "alice", "billing")))
                .startsWith("401 WRONG_AUDIENCE");
    }

    @Test
    void aBadTokenIsRefusedEvenWhereNoRuleSpeaks() {
        assertThat(answer("/other", new Token.Rejected("forged"))).startsWith("401 INVALID_TOKEN");
    }

    @Test
    void aDeniedPathIsRefusedWithAndWithoutToken() {
        assertThat(answer("/internal/x", Token.NONE)).isEqualTo("403 DENIED null");
        assertThat(answer("/internal/x", GOOD)).isEqualTo("403 DENIED null");
    }

    @Test
    void aTokenThatCannotBeJudgedIsAnswered503() {
        assertThat(answer("/orders/7", new Token.Unverifiable("the keys of the issuer cannot be had")))
                .isEqualTo("503 UNVERIFIABLE null");
    }

    @Test
    void claimsAreComparedAsText() {
        Requirement tenant = new Requirement.Token(List.of(
                new Grant(List.of(), List.of(new ClaimRule("tenant", List.of("acme", "7"))))));
        Evaluator evaluator = World.open().rule("/**", tenant, 1).evaluator();
        assertThat(passes(evaluator, Map.of("tenant", "acme"))).isTrue();
        assertThat(passes(evaluator, Map.of("tenant", 7))).isTrue();
        assertThat(passes(evaluator, Map.of("tenant", List.of("x", "acme")))).isTrue();
        assertThat(passes(evaluator, Map.of("tenant", "ACME"))).isFalse();
        assertThat(passes(evaluator, Map.of("tenant", List.of()))).isFalse();
        assertThat(passes(evaluator, Map.of("other", "acme"))).isFalse();
    }

    @Test
    void oneOfSeveralGrantsIsEnough() {
        Requirement either =
                new Requirement.Token(List.of(new Grant(List.of("a"), List.of()), new Grant(List.of("b"), List.of())));
        Evaluator evaluator = World.open().rule("/**", either, 1).evaluator();
        assertThat(evaluator.decide(World.get("/").token(Verified.of(World.ISSUER, "x", "y", "b")), z -> 0))
                .isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.decide(World.get("/").token(Verified.of(World.ISSUER, "x", "y", "c")), z -> 0))
                .hasToString("refuse with 403 INSUFFICIENT_SCOPE: the token lacks scope a or scope b");
    }

    @Test
    void anotherWorldMayAnswerOtherStatusesWithoutChallenges() {
        Statuses mesh = new Statuses(403, 403, 403, 401, false);
        Evaluator evaluator = Evaluator.of(world.model(), mesh, java.time.InstantSource.system());
        assertThat(answer(evaluator, "/orders/7", Token.NONE)).isEqualTo("403 NO_TOKEN null");
        assertThat(answer(evaluator, "/other", Token.NONE)).isEqualTo("403 UNMATCHED null");
        assertThat(answer(evaluator, "/orders/7", Verified.of(World.ISSUER, "alice", "billing")))
                .isEqualTo("403 WRONG_AUDIENCE null");
        assertThat(answer(evaluator, "/orders/7", new Token.Unverifiable("no keys")))
                .isEqualTo("401 UNVERIFIABLE null");
    }

    @Test
    void aTrailingSlashNeverChangesAccess() {
        assertThat(answer("/me/", Token.NONE)).isEqualTo("401 NO_TOKEN Bearer");
        assertThat(answer("/internal/", GOOD)).isEqualTo("403 DENIED null");
    }

    @Test
    void anEscapedWayToAPathIsThatPath() {
        for (String path :
                List.of("//admin", "/docs/../admin", "/docs/%2e%2e/admin", "/docs%2f..%2fadmin", "/%61dmin")) {
            assertThat(answer(path, Token.NONE)).as(path).isEqualTo("401 NO_TOKEN Bearer");
        }
    }

    private String answer(String path, Token token) {
        return answer(world.evaluator(), path, token);
    }

    private static String answer(Evaluator evaluator, String path, Token token) {
        Decision decision = evaluator.decide(World.get(path).token(token), bound -> 0);
        return decision instanceof Decision.Refuse refuse
                ? refuse.status() + " " + refuse.reason() + " " + refuse.challenge()
                : "forward";
    }

    private static boolean passes(Evaluator evaluator, Map<String, Object> claims) {
        Token token = new Verified(World.ISSUER, "alice", List.of(), List.of(), claims);
        return evaluator.decide(World.get("/").token(token), bound -> 0) instanceof Decision.Forward;
    }
}
