package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.target.DirectoryTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new is told in words that do not contradict each other, nor the definition. */
class NewEffectsTest {
    private static final String PSP = """
            kind: Egress/v1
            host: api.psp.example
            namespace: shop
            """;

    @TempDir
    Path folder;

    private Mesh mesh() {
        return Mesh.of(istio().domain("example.com"), DirectoryTarget.directory(folder));
    }

    private Plan plan(String yaml) {
        return mesh().plan(DefinitionFormat.yaml().readAll(yaml, "shop.yaml"));
    }

    @Test
    void anApiForSomeCallersIsNotOpenToEverybody() {
        assertThat(plan("""
                        kind: Api/v1
                        service: stock
                        namespace: shop
                        policies:
                          - kind: auth.callers/v1
                            workloads: [orders.shop]
                        """).effects())
                .extracting(Effect::text)
                .containsExactly("stock.shop: newly exposed at stock.shop.example.com, without a token, only for the"
                        + " callers orders.shop");
    }

    @Test
    void aNewHostIsAtAPrivateAddressOnlyWhereThatIsSaid() {
        assertThat(plan(PSP).effects())
                .extracting(Effect::text)
                .noneMatch(text -> text.contains("private address"))
                .anyMatch(text -> text.contains("api.psp.example:443"));
        assertThat(plan(PSP).deviations()).anyMatch(one -> one.code().equals("istio.egress-addresses"));

        assertThat(plan(PSP + "privateAddresses: true\n").effects())
                .extracting(Effect::text)
                .contains("api.psp.example may now be at a private address, called from shop");
    }
}
