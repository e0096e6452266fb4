package dev.lintel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.ModuleProbe;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The other tests run on the class path; this one on the module path, with only the modules that ours ask for. */
class ModulePathTest {
    private static final String TEST_CLASSES = "test-classes";

    @Test
    void theModuleHasAllItNeeds() throws IOException, InterruptedException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        String modules = Arrays.stream(entries)
                .filter(entry -> !entry.contains(TEST_CLASSES))
                .filter(entry -> !entry.matches(".*(junit|assertj|opentest4j|apiguardian|byte-buddy|surefire).*"))
                .collect(Collectors.joining(File.pathSeparator));
        String tests = Arrays.stream(entries)
                .filter(entry -> entry.contains(TEST_CLASSES) && entry.contains("sdk-auth"))
                .collect(Collectors.joining(File.pathSeparator));
        Process probe = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--module-path",
                        modules,
                        "--limit-modules",
                        "dev.lintel.auth",
                        "--add-modules",
                        "dev.lintel.auth",
                        "--class-path",
                        tests,
                        ModuleProbe.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "dev.lintel.auth",
                        "dev.lintel.auth.OAuth2",
                        "No token for client 'shop', because http://127.0.0.1:1/token could not be connected to");
    }
}
