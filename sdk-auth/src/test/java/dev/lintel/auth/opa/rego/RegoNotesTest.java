package dev.lintel.auth.opa.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegoNotesTest {
    private record Rate() implements GuardRule {
        @Override
        public String kind() {
            return "test.rate/v1";
        }

        @Override
        public String describe() {
            return "ten a minute\nallow := true";
        }

        @Override
        public Origin origin() {
            return Origin.unknown();
        }

        @Override
        public Guard start(InstantSource clock) {
            return call -> null;
        }
    }

    private static ApiModel orders() {
        return Models.hostile().apis().get(0);
    }

    private static ApiModel with(ApiModel api, Entry entry, Traffic traffic, List<GuardRule> guards) {
        Service old = api.service();
        Service service =
                new Service(old.name(), old.port(), old.labels(), List.of(), null, null, null, traffic, old.callers());
        return new ApiModel(api.name(), api.namespace(), entry, service, guards, api.origin());
    }

    @Test
    void whatIsNotDecidedIsListed() {
        Traffic traffic = new Traffic(
                List.of(),
                List.of(new MirrorRule("v2", 1, Origin.unknown())),
                new FaultRule(null, new FaultRule.Abort(503, 1), Origin.unknown()),
                null,
                null,
                null,
                null);
        ApiModel api = with(orders(), orders().entry(), traffic, List.of(new Rate()));
        IsolationRule boundary = new IsolationRule("shop", List.of(), List.of(), Origin.unknown());
        Rego rego = Rego.of(new MeshModel(List.of(api), List.of(), List.of(boundary)));

        assertThat(rego.notes())
                .containsExactly(
                        "hostile.shop: ten a minute\nallow := true (test.rate/v1) is not decided here: the gateway goes on"
                                + " deciding it",
                        "hostile.shop: which version gets a call is not decided here",
                        "hostile.shop: faults made on purpose are not decided here",
                        "hostile.shop: there are no keys of https://id.example: its tokens are answered 503 until"
                                + " data.envoy.authz.jwks has them",
                        "hostile.shop: there are no keys of https://other.example: its tokens are answered 503 until"
                                + " data.envoy.authz.jwks has them",
                        "boundaries between namespaces govern calls from inside, which this policy does not see");
        assertThat(rego.module()).contains("# - hostile.shop: ten a minute?allow := true (test.rate/v1)");
        assertThat(Rego.of(orders()).decodedOnly().notes())
                .containsExactly(
                        "signatures of tokens are not verified here: whoever asks must verify them afterwards");
    }

    @Test
    void aLoginIsRefused() {
        Entry entry = orders().entry();
        LoginRule login = new LoginRule(
                "https://id.example",
                "web",
                null,
                List.of("openid"),
                new SecretRef("shop", "login", "keys"),
                "/oauth2",
                "__Host-session",
                Duration.ofHours(8),
                null,
                "/",
                false,
                "groups",
                Origin.unknown());
        Entry with = new Entry(
                entry.hosts(),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                false,
                entry.paths(),
                null,
                login);

        assertThatThrownBy(() -> Rego.of(with(orders(), with, Traffic.NONE, List.of())))
                .hasMessage(
                        "'hostile.shop' lets people log in, and Rego cannot see a session: leave the decision about it to"
                                + " the gateway");
    }

    @Test
    void badNamesAreRefused() {
        for (String name : List.of("", "a..b", "a.in", "A", "a\nb", "a-b", "x".repeat(129))) {
            assertThatThrownBy(() -> Rego.of(orders()).inPackage(name))
                    .hasMessage(
                            "a Rego package must be names of lower-case letters, digits and '_', joined by '.', none of"
                                    + " them a word of Rego, as in 'envoy.authz', but was '" + name + "'");
        }
        assertThatThrownBy(() -> Rego.of(orders()).trustDomain("a\"b"))
                .hasMessage("a trust domain must be lower-case letters, digits, '.', '-' and '_', but was 'a\"b'");
        assertThat(Rego.of(orders()).inPackage("orders.authz").decision()).isEqualTo("orders/authz/allow");
    }

    @Test
    void onlyPublicKeysAreTaken() throws JOSEException {
        String pair = new ECKeyGenerator(Curve.P_256).keyID("one").generate().toJSONString();
        String secret = new OctetSequenceKeyGenerator(256).generate().toJSONString();

        Rego rego = Rego.of(orders()).keys("https://id.example", "{\"keys\":[" + pair + "," + secret + "]}");

        assertThat(rego.files()).containsOnlyKeys("envoy/authz/policy.rego", "envoy/authz/data.json");
        assertThat(rego.files().get("envoy/authz/data.json"))
                .contains("\"crv\"")
                .doesNotContain("\"d\"")
                .doesNotContain("\"k\"");
        assertThatThrownBy(() -> Rego.of(orders()).keys("https://id.example", "{\"keys\":[" + secret + "]}"))
                .hasMessage("the keys of issuer 'https://id.example' must hold a public one");
        assertThatThrownBy(() -> Rego.of(orders()).keys("https://id.example", "{\"canary\""))
                .hasMessage("the keys of issuer 'https://id.example' must be a JSON Web Key Set")
                .hasNoCause();
    }
}
