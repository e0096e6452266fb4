package dev.lintel.examples.weblogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.testkit.Chromium;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A foreign application behind a login, in a real browser, where one is installed. */
class LoginInFrontTest {
    private static final String NOT_INSTALLED =
            "no Chromium below /usr/bin, so the login is not tried in a real browser: apt-get install chromium";

    @Test
    void aUserLogsInIsDeniedWhatIsNotTheirsAndLogsOut(@TempDir Path folder, TestReporter reporter) throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            reporter.publishEntry("skipped", NOT_INSTALLED);
        }
        assumeThat(program).as(NOT_INSTALLED).isPresent();
        Optional<Path> binary = Opa.binary();
        if (binary.isEmpty()) {
            reporter.publishEntry("without OPA", "there is no Go of which OPA could be built");
        }
        try (OpaServer opa = binary.isEmpty()
                        ? null
                        : OpaServer.start(
                                binary.get(),
                                List.of(LoginInFront.policy(folder).toString()));
                LoginInFront example = LoginInFront.start(opa == null ? null : opa.uri());
                Chromium chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"))) {
            chromium.open(example.uri() + "reports?year=2026");
            assertThat(chromium.ask("document.title")).isEqualTo("Log in");
            keep(chromium, "web-login");
            login(chromium, "bob");

            assertThat(chromium.ask("location.href")).isEqualTo(example.uri() + "reports?year=2026");
            assertThat(chromium.ask("document.querySelector('h1').textContent")).isEqualTo("Hello, bob");
            assertThat(chromium.ask("document.cookie"))
                    .as("out of reach of scripts")
                    .isEmpty();
            keep(chromium, "web-page");

            chromium.open(example.uri() + "orders/bob");
            assertThat(chromium.ask("document.title")).isEqualTo("Orders of bob");
            if (opa != null) {
                chromium.open(example.uri() + "orders/alice");
                assertThat(chromium.ask("document.title"))
                        .as("as OPA wants it told")
                        .isEqualTo("Not yours");
                keep(chromium, "web-opa");
            }
            chromium.open(example.uri() + "internal/figures");
            assertThat(chromium.ask("document.title"))
                    .as("for a workload alone")
                    .isEqualTo("No access");
            assertThat(example.figures("reports.shop").body()).isEqualTo("{\"visits\": 42}");
            assertThat(example.figures("pictures.shop").statusCode()).isEqualTo(403);

            chromium.open(example.uri() + "admin/users");
            assertThat(chromium.ask("document.title")).isEqualTo("No access");
            assertThat(chromium.ask("getComputedStyle(document.querySelector('main')).maxWidth"))
                    .as("the style sheet passes the policy")
                    .isEqualTo("416px");
            keep(chromium, "web-denied");

            chromium.follow("a[href='/oauth2/sign_out']");
            assertThat(chromium.ask("document.title")).as("asked again").isEqualTo("Log in");
            login(chromium, "alice");
            assertThat(chromium.ask("document.querySelector('h1').textContent")).isEqualTo("Hello, alice");
            chromium.open(example.uri() + "admin/users");
            assertThat(chromium.ask("document.title")).isEqualTo("Administration");
        }
    }

    private static void login(Chromium chromium, String user) {
        chromium.type(user);
        chromium.tab();
        chromium.type(LoginInFront.PASSWORD.reveal());
        chromium.enter();
    }

    /** Writes down a picture where somebody asks for it: {@code -Dpictures=folder}. */
    private static void keep(Chromium chromium, String name) throws IOException {
        String folder = System.getProperty("pictures", "");
        if (!folder.isEmpty()) {
            Files.write(Path.of(folder, name + ".png"), chromium.picture());
        }
    }
}
