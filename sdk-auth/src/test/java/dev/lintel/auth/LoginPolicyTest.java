package dev.lintel.auth;

import static dev.lintel.auth.Login.login;
import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.core.SecretRef.secretRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.SecretRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.LoginRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a login, and what it means. */
class LoginPolicyTest {
    private static final SecretRef SECRET = secretRef("shop", "web-login", "client-secret");
    private static final Login LOGIN = login("https://id.example", "web", SECRET)
            .cookieKeys(secretRef("shop", "keys", "web"))
            .scopes("profile", "email")
            .group("/admin/**", "admins", "owners")
            .publicPaths("/static/**")
            .passAccessToken();

    private static ModelCompiler.Compiled compiled(ApiDefinition definition) {
        return new ModelCompiler(Kinds.installed()).compile(List.of(definition), new World("localhost"));
    }

    private static LoginRule rule(Login login) {
        return compiled(Said.orders().withLogin(login).define())
                .model()
                .apis()
                .get(0)
                .entry()
                .login();
    }

    private static Decision decide(Said said, RequestValue request) {
        ModelCompiler.Compiled compiled = compiled(said.define());
        assertThat(compiled.problems()).isEmpty();
        return Evaluator.of(compiled.model()).decide(request, bound -> 0);
    }

    private static RequestValue get(String path, String... groups) {
        RequestValue request = RequestValue.of("GET", "http://orders.shop.localhost" + path);
        return groups.length == 0
                ? request
                : request.session(new Token.Verified(
                        "https://id.example",
                        "alice",
                        List.of("web"),
                        List.of("openid"),
                        Map.of("groups", List.of(groups))));
    }

    @Test
    void aLoginAloneAsksForASessionEverywhere() {
        Said said = Said.orders().withLogin("https://id.example", "web", SECRET);

        assertThat(decide(said, get("/x")))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
        assertThat(decide(said, get("/x").header("Sec-Fetch-Mode", "navigate")))
                .isInstanceOfSatisfying(
                        Decision.Login.class, login -> assertThat(login.step()).isEqualTo(LoginRule.Step.NEEDED));
        assertThat(decide(said, get("/x", "any"))).isInstanceOf(Decision.Forward.class);
        assertThat(rule(login("https://id.example", "web", SECRET)).keys())
                .isEqualTo(secretRef("shop", "web-login", "cookie-keys"));
    }

    @Test
    void rulesSayWhereMoreOrLessIsAsked() {
        Said said = Said.orders().withLogin(LOGIN.deny("/internal/**"));

        assertThat(decide(said, get("/static/a.css"))).isInstanceOf(Decision.Forward.class);
        assertThat(decide(said, get("/other", "users"))).isInstanceOf(Decision.Forward.class);
        assertThat(decide(said, get("/admin/x", "owners"))).isInstanceOf(Decision.Forward.class);
        assertThat(decide(said, get("/admin/x", "users"))).isInstanceOf(Decision.Refuse.class);
        assertThat(decide(said, get("/internal/x", "admins"))).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void rulesOfAnotherPolicyGovernAlone() {
        Said said = Said.orders()
                .withLogin("https://id.example", "web", SECRET)
                .withOAuth2(oauth2("https://other.example")
                        .audience("orders")
                        .rule(Rule.at("/a").claim("groups", "x")));

        assertThat(decide(said, get("/a", "x"))).isInstanceOf(Decision.Forward.class);
        assertThat(decide(said, get("/a", "y"))).isInstanceOf(Decision.Refuse.class);
        assertThat(decide(said, get("/b", "x"))).isInstanceOf(Decision.Refuse.class);
        Said both = Said.orders().withLogin(LOGIN).withOAuth2("https://other.example");
        assertThatThrownBy(both::define)
                .hasMessageContaining("says at the login and in another policy who may call")
                .hasMessageContaining("say it in the other policy; a session meets its rules like a token");
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        LoginRule rule = rule(login("https://id.example", "web", SECRET));

        assertThat(rule.scopes()).containsExactly("openid");
        assertThat(rule.cookie()).isEqualTo("__Host-lintel");
        assertThat(rule.lifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(rule.idle()).isNull();
        assertThat(rule.afterLogout()).isEqualTo("/");
        assertThat(rule.groupsClaim()).isEqualTo("groups");
        assertThat(rule.passToken()).isFalse();
    }

    @Test
    void aPublicClientMustSayWhereItsKeysAre() {
        Said without = Said.orders().withLogin(login("https://id.example", "web"));
        assertThatThrownBy(without::define)
                .hasMessageContaining("the login of client 'web' has no keys for its cookies")
                .hasMessageContaining(
                        "say where they are: .cookieKeys(secretRef(\"shop\", \"login\", \"cookie-keys\"))");
    }

    @Test
    void readsAsAPersonWouldWriteItAndReadsBackEqual() {
        ApiDefinition definition =
                Said.orders().withLogin(LOGIN.idle(Duration.ofMinutes(30))).define();
        assertThat(DefinitionFormat.yaml().write(definition)).isEqualTo("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.login/v1
                    issuer: https://id.example
                    clientId: web
                    clientSecret:
                      namespace: shop
                      name: web-login
                      key: client-secret
                    cookieKeys:
                      namespace: shop
                      name: keys
                      key: web
                    scopes:
                      - profile
                      - email
                    rules:
                      - endpoint: /admin/**
                        claims:
                          - claim: groups
                            anyOf:
                              - admins
                              - owners
                      - endpoint: /static/**
                        allow: anyone
                    idle: 30m
                    passesAccessToken: true
                """);
        for (DefinitionFormat format : List.of(DefinitionFormat.yaml(), DefinitionFormat.json())) {
            assertThat(format.read(format.write(definition), "orders")).containsExactly(definition);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session | a session's cookie must be called '__Host-' and up to 32 letters, digits and hyphens,"
                        + " so that no other host can set it (RFC 6265bis, 4.1.3.2), but was 'session'",
                "__Host-a_1 | a session's cookie must be called '__Host-' and up to 32 letters, digits and hyphens,"
                        + " so that no other host can set it (RFC 6265bis, 4.1.3.2), but was '__Host-a_1'"
            })
    void aCookieHasANameThatNoOtherHostCanSet(String name, String message) {
        assertThatThrownBy(() -> LOGIN.cookie(name)).hasMessage(message);
    }

    @Test
    void valuesAreCheckedAtTheCall() {
        assertThatThrownBy(() -> login("http://id.example", "web", SECRET))
                .hasMessageStartingWith("an issuer must be https");
        assertThatThrownBy(() -> login("https://id.example", " ", SECRET))
                .hasMessage("a login needs the client's identifier at 'https://id.example'");
        assertThatThrownBy(() -> LOGIN.scopes("a b"))
                .hasMessage("a scope must be visible ASCII without spaces, quotes and backslashes (RFC 6749, 3.3), but"
                        + " the login was given 'a b'");
        assertThatThrownBy(() -> LOGIN.scopes("email"))
                .hasMessage("a login asks for each scope once, but was given [profile, email, email]");
        assertThatThrownBy(() -> LOGIN.lifetime(Duration.ofSeconds(59)))
                .hasMessage("a session's lifetime must be 1 minute to 30 days, but was PT59S");
        assertThatThrownBy(() -> LOGIN.idle(Duration.ofDays(31)))
                .hasMessage("a session's idle time must be 1 minute to 30 days, but was PT744H");
        for (String path : List.of("https://evil.example", "//evil.example", "/\\evil.example", "goodbye", "")) {
            assertThatThrownBy(() -> LOGIN.afterLogout(path))
                    .hasMessage("a path after the logout must be one of this API, as in '/goodbye', but was '" + path
                            + "'");
        }
        assertThatThrownBy(() -> LOGIN.groupsClaim("roles"))
                .hasMessage("groupsClaim(\"roles\") must be said before the rules that ask for groups");
        assertThatThrownBy(LOGIN::publicPaths).hasMessage("publicPaths(…) must name at least one endpoint");
    }
}
