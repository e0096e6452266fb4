package dev.lintel.embedded.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who waits for a bundle, and how many may. */
class ShelfTest {
    private static final BundleSettings TWO =
            new BundleSettings(BundleSettings.DEFAULT.address(), 0, null, null, Duration.ofMinutes(1), 2);

    private static Received request(String tag) {
        return new Received(
                "GET",
                "/bundles/orders",
                "",
                List.of(Map.entry("If-None-Match", tag), Map.entry("Prefer", "modes=snapshot,delta;wait=60")),
                new byte[0],
                "127.0.0.1",
                List.of());
    }

    /** Whoever asks, goes away and asks again would otherwise leave more behind each time. */
    @Test
    void noMoreWaitThanMayBeConnected() {
        Shelf shelf = new Shelf(TWO, (after, work) -> {});
        shelf.put("orders", new byte[] {1});
        List<Reply> answers = new ArrayList<>();
        shelf.answer(request("\"none\""), Runnable::run, answers::add);
        String tag = answers.get(0).headers().stream()
                .filter(header -> header.getKey().equals("ETag"))
                .findFirst()
                .orElseThrow()
                .getValue();

        for (int i = 0; i < 5; i++) {
            shelf.answer(request(tag), Runnable::run, answers::add);
        }

        assertThat(shelf.waiting()).isEqualTo(2);
        assertThat(answers).extracting(Reply::status).containsExactly(200, 304, 304, 304);
        shelf.put("orders", new byte[] {2});
        assertThat(shelf.waiting()).isZero();
        assertThat(answers).extracting(Reply::status).containsExactly(200, 304, 304, 304, 200, 200);
    }

    /** The name is written into OPA's configuration. */
    @Test
    void aNameIsPlain() {
        try (BundleServer server = BundleServer.start(BundleSettings.DEFAULT)) {
            assertThatThrownBy(() -> server.publish("x\"\nservices:", new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "a bundle's name must be 1 to 63 lower-case letters, digits, '.', '_' and '-'");
            assertThat(server.opaConfig()).doesNotContain("bundles:");
        }
    }
}
