package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An external authorizer is asked at the gateway, beside an APIRule that says all else. */
class AuthorizerBesideTest {
    private static final KymaDialect DIALECT =
            KymaDialect.kyma().domain("example.com").onlyApiRules();
    private static final String ASKED = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                    jwksUri: https://id.example/keys
                audiences:
                  - orders
              - kind: auth.ext-authz/v1
                address: grpc://opa.shop.svc:9191
                timeout: 1s
                statusOnError: 403
            """;
    private static final String OTHER =
            ASKED.replace("service: orders", "service: bills").replace("opa.shop", "judge.shop");

    @Test
    void anAuthorizerIsAskedBesideAnApiRuleAndReadBack() {
        MeshModel said = model(ASKED);
        Written written = DIALECT.write(said);

        assertThat(written.problems()).isEmpty();
        assertThat(written.manifests())
                .extracting(Manifest::kind)
                .contains("APIRule")
                .doesNotContain("VirtualService");
        assertThat(written.manifests()).anyMatch(AuthorizerBesideTest::asks);
        Read read = DIALECT.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().apis().get(0).entry().authorizer())
                .usingRecursiveComparison()
                .ignoringFields("origin")
                .isEqualTo(said.apis().get(0).entry().authorizer());
    }

    @Test
    void withoutThePolicyNobodyIsAsked() {
        List<Manifest> without = DIALECT.write(model(ASKED)).manifests().stream()
                .filter(manifest -> !asks(manifest))
                .toList();

        assertThat(DIALECT.read(without).model().apis().get(0).entry().authorizer())
                .isNull();
    }

    @Test
    void anAuthorizerOfWhichOnlyTheNameIsKnownIsAProblem() {
        List<Manifest> unknown = DIALECT.write(model(ASKED)).manifests().stream()
                .map(one -> asks(one)
                        ? new Manifest(
                                one.apiVersion(),
                                one.kind(),
                                one.namespace(),
                                one.name(),
                                one.labels(),
                                Map.of(),
                                one.spec())
                        : one)
                .toList();

        assertThat(DIALECT.read(unknown).problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("is said in the mesh's configuration"));
    }

    @Test
    void severalAuthorizersNeedASettingOfIstiodAndANewLineOfIstio() {
        MeshModel two = model(ASKED + "---\n" + OTHER);

        assertThat(DIALECT.write(two).prerequisites()).extracting(Problem::code).contains("istio.several-authorizers");
        assertThat(DIALECT.version(IstioVersion.V1_29).write(two).problems())
                .extracting(Problem::code)
                .contains("istio.authorizers");
        assertThat(DIALECT.write(model(ASKED)).prerequisites())
                .extracting(Problem::code)
                .doesNotContain("istio.several-authorizers");
    }

    private static boolean asks(Manifest manifest) {
        return "CUSTOM".equals(manifest.spec().get("action"));
    }

    private static MeshModel model(String yaml) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(yaml, "asked.yaml"), DIALECT.world())
                .model();
    }
}
