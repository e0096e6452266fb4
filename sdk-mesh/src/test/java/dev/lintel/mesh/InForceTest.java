package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides now is told as far as it can be read, and what is not certain about it is told as well. */
class InForceTest {
    private static final List<ApiDefinition> APIS = DefinitionFormat.yaml().read("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                    jwksUri: https://id.example/keys
                rules:
                  - endpoint: /orders/**
                    scopes: [orders.read]
            ---
            kind: Api/v1
            service: accounts
            namespace: bank
            """, "apis.yaml");

    @TempDir
    Path folder;

    @Test
    void oneObjectThatIsNotReadKeepsNobodyFromAskingAboutTheRest() throws IOException {
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder));
        mesh.apply(mesh.plan(APIS));
        assertThat(mesh.inForce().uncertain()).isEmpty();
        Path orders = folder.resolve("shop/orders.yaml");
        Files.writeString(orders, Files.readString(orders).replace("action: ALLOW", "action: AUDIT"));

        InForce inForce = mesh.inForce();

        assertThat(inForce.model().apis()).extracting(ApiModel::id).containsExactly("accounts.bank", "orders.shop");
        assertThat(inForce.uncertain())
                .isNotEmpty()
                .extracting(Problem::path)
                .containsOnly("AuthorizationPolicy shop/orders");
        assertThat(inForce.uncertainFor("shop")).isEqualTo(inForce.uncertain());
        assertThat(inForce.uncertainFor("bank")).isEmpty();
    }

    @Test
    void onlyAPolicyThatIsCertainlyAboutOtherWorkloadsDoesNotCount() {
        List<Problem> uncertain = List.of(
                problem("AuthorizationPolicy bank/audit"),
                problem("AuthorizationPolicy shop/audit"),
                problem("AuthorizationPolicy istio-system/audit"),
                problem("RequestAuthentication elsewhere/tokens"),
                problem("VirtualService bank/audit"),
                problem("authorizationpolicies"));
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(APIS, new World("example.com"))
                .model();

        assertThat(new InForce("here", model, uncertain, List.of(), "istio-system").uncertainFor("shop"))
                .isEqualTo(uncertain.subList(1, uncertain.size()));
        assertThat(new InForce("here", model, uncertain, List.of(), "bank").uncertainFor("shop"))
                .as("an API lives where policies are for the whole mesh")
                .isEqualTo(uncertain);
    }

    private static Problem problem(String path) {
        return new Problem("cluster.unread", path, "is not understood", "", Origin.unknown());
    }
}
