package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.gatewayapi.FarSketch.ENVOY;
import static dev.lintel.mesh.gatewayapi.FarSketch.TLS;
import static dev.lintel.mesh.gatewayapi.FarSketch.at;
import static dev.lintel.mesh.gatewayapi.FarSketch.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.gatewayapi.FarSketch.Said;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Services elsewhere, external authorizers and retries are read back as they were said. */
class FarPoliciesTest {
    private static ApiModel back(GatewayApiDialect dialect, Said said) {
        Written written = dialect.write(said.model());
        assertThat(written.problems()).isEmpty();
        assertThat(ManifestYaml.read(ManifestYaml.write(written.manifests()))).isEqualTo(written.manifests());
        Read read = dialect.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        return read.model().apis().get(0);
    }

    @ParameterizedTest
    @EnumSource(value = Extension.class, mode = Mode.EXCLUDE, names = "NONE")
    void whereAServiceElsewhereIsIsReadBack(Extension extension) {
        GatewayApiDialect dialect = ENVOY.extension(extension);
        boolean envoy = extension == Extension.ENVOY_GATEWAY;
        Random random = new Random(7);
        int asked = 0;
        for (int i = 0; i < 200; i++) {
            boolean secure = random.nextBoolean();
            String host = List.of("api.psp.example", "edge.psp.example", "192.0.2.7", "[2001:db8::1]")
                    .get(random.nextInt(envoy ? 4 : 3));
            SecretRef ca = envoy && random.nextBoolean() ? new SecretRef("shop", "psp", "ca.crt") : null;
            Elsewhere.Tls tls = new Elsewhere.Tls(
                    "api.psp.example",
                    random.nextBoolean() ? TLS.subjectAltNames() : List.of("api.psp.example"),
                    ca,
                    null,
                    null);
            Elsewhere elsewhere = at(
                    (secure ? "https://" : "http://") + host + ":" + (random.nextBoolean() ? 443 : 8443),
                    secure ? tls : null,
                    random.nextBoolean() ? null : Duration.ofMillis(1500));
            Said said = new Said(elsewhere, null, null, envoy && random.nextBoolean(), random.nextBoolean());
            ApiModel back = back(dialect, said);
            assertThat(back.service().traffic().elsewhere()).isEqualTo(elsewhere);
            assertThat(back.entry().headers()).isEqualTo(HeaderChanges.NONE);
            assertThat(back.entry().access().isRestricted()).isEqualTo(said.asks());
            assertThat(back.entry().rewrites()).hasSize(said.rewrites() ? 1 : 0);
            asked += said.asks() ? 1 : 0;
        }
        assertThat(asked).isBetween(envoy ? 50 : 0, envoy ? 150 : 0);
    }

    @Test
    void theFormerNameOfAPolicyIsWrittenBeforeItWasStandard() {
        Said said = new Said(
                at(
                        "https://api.psp.example:443",
                        new Elsewhere.Tls("api.psp.example", List.of("api.psp.example"), null, null, null),
                        null),
                null,
                null,
                false,
                false);
        for (GatewayApiVersion version : GatewayApiVersion.values()) {
            GatewayApiDialect dialect = ENVOY.version(version);
            boolean standard = version.isAtLeast(GatewayApiVersion.V1_4);
            Written written = dialect.write(said.model());
            assertThat(written.manifests())
                    .filteredOn(one -> one.kind().equals(Meta.TLS_POLICY))
                    .extracting(Manifest::apiVersion)
                    .containsExactly(standard ? Meta.V1 : Meta.V1ALPHA3);
            assertThat(written.prerequisites().stream()
                            .anyMatch(one -> one.code().equals("gateway-api.backend-tls")))
                    .isEqualTo(!standard);
            assertThat(back(dialect, said).service().traffic().elsewhere()).isEqualTo(said.elsewhere());
        }
    }

    @Test
    void severalNamesAreRefusedWhereTheyWouldNotBeAskedFor() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        assertThat(ENVOY.version(GatewayApiVersion.V1_3).write(said.model()).problems())
                .extracting(problem -> problem.code())
                .containsExactly("gateway-api.feature");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorizerDecidesAsItWasSaid(boolean asks) {
        Random random = new Random(11);
        for (Extension extension : List.of(Extension.ISTIO, Extension.ENVOY_GATEWAY)) {
            for (int i = 0; i < 40; i++) {
                boolean body = random.nextBoolean();
                AuthorizerRule rule = new AuthorizerRule(
                        AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                        URI.create("grpc://authz." + (random.nextBoolean() ? "shop" : "security") + ".svc:9191"),
                        "",
                        Duration.ofMillis(1 + random.nextInt(5000)),
                        random.nextBoolean(),
                        403,
                        body ? new AuthorizerRule.Body(1 + random.nextInt(9000), false, false) : null,
                        Origin.unknown());
                Said said = new Said(null, rule, null, asks, random.nextBoolean());
                ApiModel back = back(ENVOY.extension(extension), said);
                assertThat(back.entry().authorizer()).isEqualTo(rule);
                assertThat(back.entry().access().isRestricted()).isEqualTo(asks);
                assertThat(verdicts(new MeshModel(List.of(back)))).isEqualTo(verdicts(said.model()));
            }
        }
    }

    @Test
    void retriesOfEnvoyGatewayAreReadBack() {
        Random random = new Random(13);
        int written = 0;
        for (int i = 0; i < 300; i++) {
            RetryRule rule = retry(random);
            Said said = new Said(null, null, rule, false, false);
            if (PolicyRetries.isForAllMethods(rule)) {
                assertThat(back(ENVOY, said).service().retry()).isEqualTo(rule);
                written++;
            } else {
                assertThat(ENVOY.write(said.model()).problems())
                        .extracting(problem -> problem.code())
                        .containsExactly("gateway-api.retry-methods");
            }
        }
        assertThat(written).isBetween(80, 250);
    }

    @Test
    void retriesOfTheStandardAreReadBack() {
        Set<String> features = new TreeSet<>(ENVOY.features());
        features.addAll(List.of(Features.RETRY, Features.RETRY_CONNECTION, Features.TRY_TIMEOUT));
        GatewayApiDialect dialect = ENVOY.extension(Extension.NONE).supportedFeatures(features);
        Random random = new Random(17);
        int written = 0;
        for (int i = 0; i < 300; i++) {
            RetryRule rule = retry(random);
            Said said = new Said(null, null, rule, false, random.nextBoolean());
            if (StandardRetries.canSay(rule)
                    && rule.backoff().most().equals(rule.backoff().base().multipliedBy(10))) {
                assertThat(back(dialect, said).service().retry()).isEqualTo(rule);
                written++;
            } else {
                assertThat(dialect.write(said.model()).problems())
                        .allMatch(problem -> problem.code().startsWith("gateway-api.retry-"))
                        .isNotEmpty();
            }
        }
        assertThat(written).isBetween(8, 100);
    }

    /** APIs whose calls are tried again, by rules of all kinds. */
    static List<Said> retried(int count) {
        Random random = new Random(19);
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            said.add(new Said(null, null, retry(random), false, random.nextBoolean()));
        }
        return said;
    }

    private static RetryRule retry(Random random) {
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        for (RetryOn each : RetryOn.values()) {
            if (random.nextInt(4) > 0 && (each != RetryOn.SERVER_ERROR || random.nextBoolean())) {
                on.add(each);
            }
        }
        Set<Integer> statuses = random.nextBoolean() ? Set.of() : Set.of(429);
        boolean unsent = on.equals(EnumSet.of(RetryOn.CONNECT_FAILURE)) && statuses.isEmpty();
        Duration base = Duration.ofMillis(1 + random.nextInt(900));
        return new RetryRule(
                1 + random.nextInt(5),
                random.nextBoolean() ? null : Duration.ofMillis(1 + random.nextInt(9000)),
                !unsent && random.nextInt(3) > 0,
                on.isEmpty() ? EnumSet.of(RetryOn.RESET) : on,
                statuses,
                new RetryRule.Backoff(base, base.multipliedBy(random.nextInt(4) > 0 ? 10 : 3)),
                RetryRule.Budget.DEFAULT,
                Origin.unknown());
    }
}
