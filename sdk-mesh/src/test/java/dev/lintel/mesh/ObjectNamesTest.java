package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that are too long are cut, and stay different and the same on every run. */
class ObjectNamesTest {
    private static final String LONG = "a".repeat(60) + "b".repeat(3);

    @Test
    void whatFitsIsLeftAlone() {
        assertThat(ObjectNames.fitting("orders", "-entry")).isEqualTo("orders-entry");
        assertThat(ObjectNames.fitting(LONG)).isEqualTo(LONG);
    }

    @Test
    void whatIsTooLongIsCutAndKeepsItsEnd() {
        assertThat(ObjectNames.fitting(LONG, "-entry")).hasSize(63).isEqualTo("a".repeat(48) + "-6d6a0e6a-entry");
        assertThat(ObjectNames.fitting("x".repeat(53) + "--" + "y".repeat(20))).matches("x{53}-[0-9a-f]{8}");
    }

    @Test
    void differentNamesStayDifferent() {
        assertThat(List.of(
                        ObjectNames.fitting(LONG + "x"),
                        ObjectNames.fitting(LONG + "y"),
                        ObjectNames.fitting(LONG, "-mesh"),
                        ObjectNames.fitting(LONG, "-entry")))
                .doesNotHaveDuplicates();
    }

    @Test
    void anEndThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> ObjectNames.fitting("a", "-" + "e".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must leave room for its beginning");
    }

    @Test
    void anApiWithTheLongestNameHasObjectsWhoseNamesFit() {
        String yaml = """
                kind: Api/v1
                service: %s
                namespace: shop
                policies:
                  - kind: traffic.version/v1
                    name: v1
                    service: %s
                  - kind: traffic.version/v1
                    name: v2
                    service: %s
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: 90
                      - version: v2
                        weight: 10
                  - kind: traffic.breaker/v1
                """.formatted(LONG, LONG.replace('b', 'c'), LONG.replace('b', 'd'));
        Written written = istio().write(new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(yaml, "long.yaml"), istio().world())
                .model());

        assertThat(written.problems()).isEmpty();
        assertThat(written.manifests())
                .hasSizeGreaterThan(4)
                .allSatisfy(manifest -> assertThat(manifest.name())
                        .hasSizeLessThanOrEqualTo(63)
                        .matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?"));
        assertThat(written.manifests().stream().map(Manifest::id)).doesNotHaveDuplicates();
        assertThat(istio().read(written.manifests()).problems()).isEmpty();
    }
}
