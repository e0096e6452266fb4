package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class OAuth2CompilerTest {
    private static final Origin HERE = Origin.unknown();

    @Test
    void anIssuerAloneAsksForAnyGoodTokenEverywhere() {
        Issuer issuer =
                new Issuer("https://id.example", null, List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519"), HERE);
        assertThat(Said.orders().withOAuth2("https://id.example").access())
                .isEqualTo(new Access(
                        List.of(issuer), List.of(), List.of(new AccessRule(Endpoint.any(), Requirement.TOKEN, HERE))));
    }

    @Test
    void pathsWithoutARuleNeedATokenWhileNoRuleAsksForOne() {
        assertThat(rules(oauth2("https://id.example")
                        .publicPaths("/health", "GET /docs/**")
                        .deny("/internal/**")))
                .containsExactly("/health public", "GET /docs/** public", "/internal/** denied", "/** any token");
    }

    @Test
    void pathsWithoutARuleAreRefusedOnceARuleAsksForAToken() {
        assertThat(rules(oauth2("https://id.example").publicPaths("/health").authenticated("/me/**")))
                .containsExactly("/health public", "/me/** any token");
    }

    @Test
    void aRuleForEveryPathLeavesNothing() {
        assertThat(rules(oauth2("https://id.example").publicPaths("/**"))).containsExactly("/** public");
    }

    @Test
    void rulesArePutIntoTheirOrder() {
        assertThat(rules(oauth2("https://id.example")
                        .authenticated("/**")
                        .scope("/orders/**", "orders.read")
                        .scope("POST /orders/**", "orders.write", "mfa")
                        .scope("/orders/{id}/invoice", "invoices")))
                .containsExactly(
                        "/orders/{id}/invoice scope invoices",
                        "POST /orders/** scope orders.write mfa",
                        "/orders/** scope orders.read",
                        "/** any token");
    }

    @Test
    void claimsAreAskedForWhereverATokenIsNeeded() {
        var access = Said.orders()
                .withOAuth2(
                        "https://id.example",
                        o -> o.audience("orders", "shop")
                                .claim("tenant", "acme", "beta")
                                .publicPaths("/health")
                                .authenticated("/me")
                                .rule(Rule.at("GET /x").scopes("a").claim("role", "admin")))
                .access();
        assertThat(access.audiences()).containsExactly("orders", "shop");
        var tenant = new Grant.ClaimRule("tenant", List.of("acme", "beta"));
        var role = new Grant.ClaimRule("role", List.of("admin"));
        assertThat(access.rules())
                .containsExactly(
                        new AccessRule(
                                Endpoint.parse("GET /x"),
                                new Requirement.Token(List.of(new Grant(List.of("a"), List.of(tenant, role)))),
                                HERE),
                        new AccessRule(Endpoint.parse("/health"), Requirement.PUBLIC, HERE),
                        new AccessRule(
                                Endpoint.parse("/me"),
                                new Requirement.Token(List.of(new Grant(List.of(), List.of(tenant)))),
                                HERE));
    }

    @Test
    void everyRuleKnowsTheLineThatSaidIt() {
        OAuth2 bare = oauth2("https://id.example");
        OAuth2 scoped = bare.scope("/a", "a");
        OAuth2 policy = scoped.publicPaths("/b");
        int line = new Throwable().getStackTrace()[0].getLineNumber();
        var access = Said.orders().withOAuth2(policy).access();
        assertThat(access.issuers().get(0).origin()).hasToString("OAuth2CompilerTest.java:" + (line - 3));
        assertThat(access.rules())
                .extracting(rule -> rule.origin().toString())
                .containsExactly("OAuth2CompilerTest.java:" + (line - 2), "OAuth2CompilerTest.java:" + (line - 1));
    }

    @Test
    void aRuleThatWasReadKnowsTheLineOfItsPolicy() {
        Rule read = new Rule(Endpoint.parse("/a"), Allow.ANYONE, List.of(), List.of(), null);
        TrustedIssuer issuer = new TrustedIssuer("https://id.example", null, null, List.of(), null);
        OAuth2 policy = new OAuth2(List.of(issuer), List.of(), List.of(), List.of(read));
        Said said = Said.orders().withOAuth2(policy);
        int line = new Throwable().getStackTrace()[0].getLineNumber();
        var access = said.access();
        assertThat(access.rules())
                .extracting(rule -> rule.origin().toString())
                .containsOnly("OAuth2CompilerTest.java:" + (line - 1));
        assertThat(access.issuers().get(0).origin()).hasToString("OAuth2CompilerTest.java:" + (line - 1));
    }

    private static List<String> rules(OAuth2 policy) {
        return Said.orders().withOAuth2(policy).access().rules().stream()
                .map(rule -> rule.endpoint() + " " + rule.requirement())
                .toList();
    }
}
