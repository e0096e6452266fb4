package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.verify.ProbeAnswer;
import dev.lintel.mesh.verify.Probes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what somebody serves from is verified. */
class ProofTest {
    private static final List<ApiDefinition> APIS =
            DefinitionFormat.yaml().read("kind: Api/v1\nservice: orders\nnamespace: shop\n", "apis.yaml");

    @TempDir
    Path folder;

    @Test
    void aDirectoryIsNotWrittenWhereItIsToBeVerified() {
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder))
                .verifiedBy(Probes.through(request -> ProbeAnswer.of(200, true)));
        Plan plan = mesh.plan(APIS);

        assertThatThrownBy(() -> mesh.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("verify.nowhere directory ");
        assertThat(mesh.inForce().model().apis()).isEmpty();
    }
}
