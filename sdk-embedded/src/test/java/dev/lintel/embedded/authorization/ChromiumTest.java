package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.testkit.Chromium;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, where one is installed; the other tests read them as text. */
class ChromiumTest {
    private static final int GROUND = 0xF2F4F7;
    private static final String NOT_INSTALLED =
            "no Chromium below /usr/bin, so the pages are not looked at in a real browser: apt-get install chromium";

    private final People people = new People();
    private HttpServer app;
    private Chromium chromium;

    @BeforeEach
    void start(@TempDir Path folder, TestReporter reporter) throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            reporter.publishEntry("skipped", NOT_INSTALLED);
        }
        assumeThat(program).as(NOT_INSTALLED).isPresent();
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.close();
        });
        app.start();
        chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"));
    }

    @AfterEach
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (app != null) {
            app.stop(0);
        }
        people.close();
    }

    private String callback() {
        return "http://127.0.0.1:" + app.getAddress().getPort() + "/callback";
    }

    @Test
    void aUserLogsInByKeyboardAndIsSentBack() throws Exception {
        people.server.client(People.shop("app").redirectUris(URI.create("http://127.0.0.1/callback")));
        chromium.open(people.server.issuer() + authorize("client_id", "app", "redirect_uri", callback()));
        assertThat(chromium.ask("document.title")).isEqualTo("Log in");
        // The focus is given when the page is drawn, which may be after it was loaded.
        chromium.until("document.activeElement.id === 'username'");
        assertThat(ground()).as("the style sheet passes the policy").isEqualTo(GROUND);
        keep("login");

        chromium.type("alice");
        chromium.tab();
        assertThat(chromium.ask("document.activeElement.id")).isEqualTo("password");
        chromium.type("wonderland");
        chromium.enter();
        assertThat(chromium.ask("document.title")).isEqualTo("Allow The shop?");
        assertThat(chromium.ask("document.cookie"))
                .as("out of reach of scripts")
                .isEmpty();
        keep("consent");

        chromium.tab();
        assertThat(chromium.ask("document.activeElement.value")).isEqualTo("allow");
        chromium.enter();
        assertThat(chromium.ask("location.href")).startsWith(callback() + "?code=");

        chromium.open(people.server.issuer() + authorize("client_id", "app", "redirect_uri", callback()));
        assertThat(chromium.ask("location.href"))
                .as("logged in, and remembered")
                .startsWith(callback() + "?code=");
    }

    @Test
    void aUserLetsADeviceInByKeyboard() throws Exception {
        people.server.client(ClientRegistration.publicClient("tv")
                .name("Television")
                .scopes("orders.read")
                .grants(GrantTypes.DEVICE_CODE));
        JsonNode device = Caller.json(new Caller(people.server)
                .send(
                        "POST",
                        "/device_authorization",
                        "client_id=tv",
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .body());
        chromium.open(device.get("verification_uri").textValue());
        chromium.type("alice");
        chromium.tab();
        chromium.type("wonderland");
        chromium.enter();
        assertThat(chromium.ask("document.title")).isEqualTo("Connect a device");
        chromium.type(device.get("user_code").textValue());
        chromium.enter();
        assertThat(chromium.ask("document.title")).isEqualTo("Allow Television?");
        keep("device");
        chromium.tab();
        chromium.enter();
        assertThat(chromium.ask("document.title")).isEqualTo("Device connected");
    }

    @Test
    void nothingSticksOutOfANarrowWindow() {
        people.server.client(People.shop("long").name("A shop with a very long nameWithoutAnyRoomToBreakItAnywhere"));
        chromium.open(people.server.issuer() + authorize("client_id", "long"));
        chromium.resize(320, 480);
        assertThat(chromium.ask("document.documentElement.scrollWidth")).isEqualTo("320");
    }

    private int ground() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(chromium.picture())).getRGB(2, 2) & 0xFFFFFF;
    }

    /** Writes down a picture where somebody asks for it: {@code -Dpictures=folder}. */
    private void keep(String name) throws IOException {
        String folder = System.getProperty("pictures", "");
        if (!folder.isEmpty()) {
            Files.write(Path.of(folder, name + ".png"), chromium.picture());
        }
    }
}
