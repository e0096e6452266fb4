package dev.lintel.examples.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.testkit.Chromium;
import dev.lintel.traffic.Split.Share;
import dev.lintel.traffic.rollout.RolloutState;
import dev.lintel.traffic.rollout.RunningRollout;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The example with a clock that is moved: the same rollout as with a running one, in less than its time. */
class LiveRolloutTest {
    private static final Duration TICK = Duration.ofSeconds(6);
    private static final int CALLS = 300;

    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-01-01T00:00:00Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;
    private Versions versions;
    private Board board;
    private Page page;

    @BeforeEach
    void start() throws Exception {
        gateway = Gateway.start(settings -> settings.time(clock));
        versions = Versions.bind(gateway);
        gateway.apply(gateway.plan(LiveRollout.orders()));
        board = new Board(LiveRollout.plan(TICK.multipliedBy(10)), gateway.metrics(), gateway::stats);
        page = Page.serve(board);
    }

    @AfterEach
    void stop() {
        board.close();
        page.close();
        versions.close();
        gateway.close();
    }

    private RunningRollout rollout() {
        RunningRollout rollout = LiveRollout.plan(TICK.multipliedBy(10))
                .on(gateway, List.of(LiveRollout.orders()))
                .metrics(gateway.metrics())
                .clock(clock)
                .listener(board)
                .start();
        board.shows(rollout);
        return rollout;
    }

    /** Calls and lets time pass, until the rollout is over or has used far more time than it needs. */
    private void drive(RunningRollout rollout) throws Exception {
        HttpClient callers =
                HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        HttpRequest order = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"))
                .build();
        for (int tick = 0; tick < 60 && !rollout.state().isFinal(); tick++) {
            for (int call = 0; call < CALLS; call++) {
                callers.send(order, BodyHandlers.discarding());
            }
            board.sample();
            clock.forward(TICK);
        }
        board.sample();
    }

    @Test
    void aBadVersionIsRolledBackByItself(@TempDir Path folder, TestReporter reporter) throws Exception {
        try (RunningRollout rollout = rollout()) {
            rollout.listen(versions::breakUnderLoad);
            drive(rollout);

            assertThat(rollout.state()).isEqualTo(RolloutState.ROLLED_BACK);
            assertThat(rollout.step()).isEqualTo(2);
            assertThat(rollout.weights()).containsExactly(new Share("v1", 100), new Share("v2", 0));
            assertThat(get("/state"))
                    .contains("\"state\":\"ROLLED_BACK\"", "breached: error rate below 5 %, but it is");
            look("rolled-back", "ROLLED_BACK", folder, reporter);
        }
    }

    @Test
    void aGoodVersionGetsEverything(@TempDir Path folder, TestReporter reporter) throws Exception {
        try (RunningRollout rollout = rollout()) {
            drive(rollout);

            assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
            assertThat(rollout.weights()).containsExactly(new Share("v1", 0), new Share("v2", 100));
            assertThat(get("/state")).contains("\"state\":\"SUCCEEDED\"", "\"step\":4");
            look("succeeded", "SUCCEEDED", folder, reporter);
        }
    }

    @Test
    void thePageAsksForNothingElsewhere() throws Exception {
        assertThat(get("/")).contains("/page.js", "/page.css").doesNotContain("http://", "https://");
        HttpRequest request = HttpRequest.newBuilder(page.uri()).build();
        assertThat(http.send(request, BodyHandlers.discarding()).headers().firstValue("content-security-policy"))
                .contains("default-src 'self'");
        assertThat(get("/page.css")).contains("#state");
        assertThat(get("/nothing")).isEqualTo("There is nothing here.");
    }

    private String get(String path) throws Exception {
        URI uri = page.uri().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** In a real browser, where one is installed: what the page draws, and a picture of it. */
    private void look(String name, String state, Path folder, TestReporter reporter) throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            reporter.publishEntry("skipped", "no Chromium below /usr/bin, so the page is not looked at");
            return;
        }
        try (Chromium chromium = Chromium.start(program.get(), folder.resolve("profile"))) {
            chromium.resize(600, 870);
            chromium.open(page.uri().toString());
            chromium.until("document.getElementById('state').textContent == '" + state + "'");
            assertThat(chromium.ask("document.getElementById('title').textContent"))
                    .isEqualTo("orders.shop to v2");
            assertThat(chromium.ask("document.querySelectorAll('#steps li').length"))
                    .isEqualTo("4");
            assertThat(chromium.ask("document.querySelector('#shares path.v2').getAttribute('d').length > 20"))
                    .isEqualTo("true");
            assertThat(chromium.ask("document.querySelector('#errors path.v2').getAttribute('d').length > 5"))
                    .isEqualTo("true");
            Path pictures = Files.createDirectories(Path.of("target", "pages"));
            Files.write(pictures.resolve("rollout-" + name + ".png"), chromium.picture());
        }
    }
}
