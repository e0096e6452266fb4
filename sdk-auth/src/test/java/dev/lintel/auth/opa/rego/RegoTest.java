package dev.lintel.auth.opa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GoTool;
import dev.lintel.testkit.Opa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OPA's own tools say about what is generated. */
class RegoTest {
    @TempDir
    Path folder;

    @Test
    void opasToolsAcceptIt() throws IOException {
        Path opa = RealOpa.binary();
        write(Rego.of(Models.few()).inPackage("shop.orders_authz"));

        assertThat(Opa.run(opa, List.of("check", "--strict", folder.toString())))
                .isEqualTo(new GoTool.Ran(0, ""));
        assertThat(Opa.run(opa, List.of("fmt", "--diff", folder.toString()))).isEqualTo(new GoTool.Ran(0, ""));
        GoTool.Ran tested = Opa.run(opa, List.of("test", "--timeout=3m", folder.toString()));
        assertThat(tested.status()).as(tested.text()).isZero();
        assertThat(tested.text()).matches("(?s)PASS: .*");
    }

    @Test
    void opasToolsAcceptModelsByChance() throws IOException {
        Path opa = RealOpa.binary();
        long seed = Long.getLong("lintel.seed", System.nanoTime());
        System.err.println("seed of the models: " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2; i++) {
            Rego rego = Rego.of(Models.random(random));
            write(i % 2 == 0 ? rego : rego.decodedOnly());
            String about = "seed " + seed + ", model " + i;

            assertThat(Opa.run(opa, List.of("check", "--strict", folder.toString())))
                    .as(about)
                    .isEqualTo(new GoTool.Ran(0, ""));
            assertThat(Opa.run(opa, List.of("fmt", "--diff", folder.toString())))
                    .as(about)
                    .isEqualTo(new GoTool.Ran(0, ""));
            assertThat(Opa.run(opa, List.of("test", "--timeout=3m", folder.toString()))
                            .text())
                    .as(about)
                    .startsWith("PASS");
        }
    }

    @Test
    void theTestsFindABrokenPolicy() throws IOException {
        Path opa = RealOpa.binary();
        Rego rego = Rego.of(Models.few());
        write(rego);
        Files.writeString(
                folder.resolve("policy.rego"), rego.module().replace("\"need\": \"miracle\"", "\"need\": \"nothing\""));

        GoTool.Ran tested = Opa.run(opa, List.of("test", "--timeout=3m", folder.toString()));

        assertThat(tested.status()).as(tested.text()).isNotZero();
        assertThat(tested.text()).contains("/internal").contains("FAIL");
    }

    private void write(Rego rego) throws IOException {
        Files.writeString(folder.resolve("policy.rego"), rego.module());
        Files.writeString(folder.resolve("policy_test.rego"), rego.tests());
    }
}
