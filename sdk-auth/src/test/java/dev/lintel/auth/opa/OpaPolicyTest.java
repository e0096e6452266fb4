package dev.lintel.auth.opa;

import static dev.lintel.auth.opa.ExtAuthz.extAuthz;
import static dev.lintel.auth.opa.Opa.opa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaPolicyTest {
    private static final String HERE = "http://127.0.0.1:8181";

    @Test
    void opaBecomesARule() {
        AuthorizerRule rule = Said.orders()
                .withOpa(opa(HERE)
                        .decision("orders/authz/result")
                        .timeout(Duration.ofMillis(500))
                        .statusOnError(503)
                        .body(8192, b -> b.allowPartial().packAsBytes()))
                .rule();

        assertThat(rule)
                .isEqualTo(new AuthorizerRule(
                        Protocol.OPA_REST,
                        URI.create(HERE),
                        "orders/authz/result",
                        Duration.ofMillis(500),
                        false,
                        503,
                        new AuthorizerRule.Body(8192, true, true),
                        rule.origin()));
        assertThat(rule.origin().toString()).contains("OpaPolicyTest.java");
    }

    @Test
    void whatIsNotSaidFailsClosed() {
        AuthorizerRule rule = Said.orders().withOpa(opa(HERE)).rule();

        assertThat(rule.decision()).isEqualTo("envoy/authz/allow");
        assertThat(rule.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(rule.failOpen()).isFalse();
        assertThat(rule.statusOnError()).isEqualTo(403);
        assertThat(rule.body()).isNull();
        assertThat(warnings(Said.orders().withOpa(opa(HERE)))).isEmpty();
    }

    @Test
    void extAuthzBecomesARule() {
        AuthorizerRule plain =
                Said.orders().withAuthorizer(extAuthz("grpc://localhost:9191")).rule();
        AuthorizerRule secret = Said.orders()
                .withAuthorizer(extAuthz("grpcs://authz.example:9191").body(1))
                .rule();

        assertThat(plain.protocol()).isEqualTo(Protocol.EXT_AUTHZ_GRPC);
        assertThat(plain.address()).isEqualTo(URI.create("grpc://localhost:9191"));
        assertThat(plain.decision()).isEmpty();
        assertThat(secret.address()).isEqualTo(URI.create("grpcs://authz.example:9191"));
        assertThat(secret.body()).isEqualTo(new AuthorizerRule.Body(1, false, false));
    }

    @Test
    void failingOpenIsLoud() {
        assertThat(warnings(Said.orders().withOpa(opa(HERE).failOpen())))
                .extracting(Problem::message)
                .containsExactly("requests go on where OPA envoy/authz/allow at http://127.0.0.1:8181 gives no answer");
    }

    @Test
    void askingInClearIsLoudExceptOnThisMachine() {
        assertThat(warnings(Said.orders().withAuthorizer(extAuthz("grpc://authz.local:9191"))))
                .extracting(Problem::message, Problem::hint)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "ext_authz at grpc://authz.local:9191 is asked in clear, tokens and all",
                        "make sure that the mesh encrypts it, or say a grpcs address"));
        assertThat(warnings(Said.orders().withOpa(opa("http://opa.opa:8181")))).hasSize(1);
        assertThat(warnings(Said.orders().withOpa(opa("https://opa.opa:8181")))).isEmpty();
    }

    @Test
    void oneOfThemIsEnough() {
        Said both = Said.orders().withOpa(opa(HERE)).withAuthorizer(extAuthz("grpc://localhost:9191"));

        assertThatThrownBy(both::define)
                .hasMessageContaining("a second external authorizer, first at OpaPolicyTest.java:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8181",
                "http://127.0.0.1",
                "http://127.0.0.1:8181/",
                "http://127.0.0.1:8181/v1",
                "http://127.0.0.1:8181?x",
                "http://127.0.0.1:8181#x",
                "http://127.0.0.1:0",
                "http://127.0.0.1:65536",
                "grpc://127.0.0.1:8181",
                "http://:8181"
            })
    void badAddressesAreRefused(String address) {
        refused(
                () -> opa(address),
                "an authorizer's address must be http or https, a host and a port, without path and query, as in"
                        + " 'http://127.0.0.1:8181', but was '" + address + "'");
    }

    @Test
    void badValuesAreRefusedAtTheCall() {
        refused(() -> opa("http://a:canary@opa:8181"), "an authorizer's address must not carry a user or a password");
        refused(() -> opa("http://a:canary @opa:8181"), "an authorizer's address must be a URI");
        refused(
                () -> extAuthz("http://127.0.0.1:9191"),
                "an authorizer's address must be grpc or grpcs, a host and a port, without path and query, as in"
                        + " 'grpc://127.0.0.1:9191', but was 'http://127.0.0.1:9191'");
        for (String path : List.of("", "/a", "a/", "a//b", "a/../b", "a b", "a?b", "a%2fb", "x".repeat(257))) {
            refused(
                    () -> opa(HERE).decision(path),
                    "a decision must be names of letters, digits, '_', '-' and '.', joined by '/', as in"
                            + " 'envoy/authz/allow', but was '" + path + "'");
        }
        refused(
                () -> opa(HERE).timeout(Duration.ZERO),
                "an authorizer's time-out must be 1 ms to 1 minute, but was PT0S: requests wait for it");
        refused(
                () -> opa(HERE).timeout(Duration.ofSeconds(61)),
                "an authorizer's time-out must be 1 ms to 1 minute, but was PT1M1S: requests wait for it");
        refused(
                () -> opa(HERE).statusOnError(302),
                "the status where an authorizer gives no answer must be 400 to 599, but was 302");
        refused(
                () -> opa(HERE).body(0),
                "the body that an authorizer is shown must be limited to 1 to 16777216 bytes, but was 0: it is kept in"
                        + " memory while the authorizer is asked");
        refused(
                () -> extAuthz("grpc://localhost:1").body(16777217),
                "the body that an authorizer is shown must be limited to 1 to 16777216 bytes, but was 16777217: it is"
                        + " kept in memory while the authorizer is asked");
    }

    @Test
    void isStored() {
        ApiDefinition definition = Said.orders()
                .withOpa(opa(HERE).body(8192, ShownBody::allowPartial))
                .define();

        assertThat(DefinitionFormat.yaml().write(definition)).isEqualTo("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.opa/v1
                    address: http://127.0.0.1:8181
                    decision: envoy/authz/allow
                    timeout: 1s
                    statusOnError: 403
                    body:
                      maxBytes: 8192
                      partial: true
                """);
        ApiDefinition other = Said.orders()
                .withAuthorizer(extAuthz("grpcs://authz.example:9191").failOpen())
                .define();
        for (ApiDefinition one : List.of(definition, other)) {
            for (DefinitionFormat format : List.of(DefinitionFormat.yaml(), DefinitionFormat.json())) {
                assertThat(format.read(format.write(one), "orders")).containsExactly(one);
            }
        }
    }

    private static List<Problem> warnings(Said said) {
        return said.compiled().warnings();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
