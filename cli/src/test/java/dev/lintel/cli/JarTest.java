package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users get it, in a process of its own: all that it needs is in it. */
@Tag("jar")
class JarTest {
    private static final Path JAR = Path.of(System.getProperty("lintel.jar", "missing"));

    @TempDir
    Path folder;

    @Test
    void plansAppliesAndEndsAsItSays() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("orders.yaml"), Samples.ORDERS);

        assertThat(run(0, "--version")).startsWith("lintel 0.");
        assertThat(run(2, "plan", "-f", "orders.yaml", "-d", "out", "--exit-code"))
                .contains("5 to create");
        assertThat(run(0, "apply", "-f", "orders.yaml", "-d", "out")).endsWith("applied\n");
        assertThat(run(0, "plan", "-f", "orders.yaml", "-d", "out", "--exit-code"))
                .endsWith("nothing to do, 5 unchanged\n");
        assertThat(run(64, "plan")).startsWith("lintel: say -f");
    }

    /** In it is fabric8, with the HTTP client that it finds by its services. */
    @Test
    void speaksToClusters() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("orders.yaml"), Samples.ORDERS);
        Files.writeString(folder.resolve("kubeconfig"), """
                {"current-context": "a", "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
                 "clusters": [{"name": "a", "cluster": {"server": "http://127.0.0.1:1"}}], "users": []}
                """);

        assertThat(run(69, "plan", "-f", "orders.yaml", "--cluster", "--kubeconfig", "kubeconfig"))
                .startsWith("cli.unreachable the cluster: the apiserver at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    private String run(int code, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isEqualTo(code);
        return printed;
    }
}
