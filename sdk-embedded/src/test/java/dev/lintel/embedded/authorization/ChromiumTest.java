package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, where one is installed; the other tests read them as text. */
class ChromiumTest {
    private static final int PATIENCE_SECONDS = 120;

    private final People people = new People();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        people.close();
    }

    @Test
    void takesTheLoginPageAsItIsMeant() throws Exception {
        String seen = chromium("--dump-dom", people.server.issuer() + authorize("login_hint", "alice"));
        assertThat(seen)
                .contains("<title>Log in</title>")
                .contains("<strong>The shop</strong>")
                .contains("<label for=\"username\">User name</label>")
                .contains("value=\"alice\"")
                .contains("<button name=\"action\" value=\"login\">Log in</button>");
    }

    /** A style sheet that the policy did not let in would leave the page white up to its edges. */
    @Test
    void letsTheStyleSheetThroughThePolicy() throws Exception {
        Path picture = folder.resolve("login.png");
        String styled = chromium(
                "--window-size=400,600", "--screenshot=" + picture, people.server.issuer() + authorize("state", ""));
        assertThat(styled).isEmpty();
        assertThat(corner(picture)).as("the ground of the page").isEqualTo(0xF2F4F7);
    }

    private static int corner(Path picture) throws IOException {
        return javax.imageio.ImageIO.read(picture.toFile()).getRGB(2, 2) & 0xFFFFFF;
    }

    private String chromium(String... arguments) throws Exception {
        Optional<Path> browser = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(browser)
                .as("chromium is installed below /usr/bin; apt-get install chromium")
                .isPresent();
        List<String> command = new ArrayList<>(List.of(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
