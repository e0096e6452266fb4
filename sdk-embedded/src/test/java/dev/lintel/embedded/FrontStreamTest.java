package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.model.FrontRule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a front streams reaches the client part by part, as the client takes it. */
class FrontStreamTest {
    private Gateway gateway;
    private Raw client;

    @BeforeEach
    void start() {
        gateway = Gateway.start();
        FrontRule rule =
                new FrontRule(SteeredFront.KIND, List.of(), new TreeMap<>(), new TreeMap<>(), Origin.unknown());
        gateway.apply(
                gateway.plan(Said.orders().shaped(draft -> draft.front(rule)).define()));
        client = Raw.to(gateway);
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    private String steer(String path) {
        return Raw.get(gateway, path).body();
    }

    private String read(String end) throws IOException {
        InputStream in = client.socket().getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                return text + "<closed>";
            }
            text.append((char) c);
        }
        return text.toString();
    }

    @Test
    void aPartIsThereBeforeTheNext() throws Exception {
        client.send(Raw.request("GET", "/stream"));
        assertThat(read("\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("transfer-encoding: chunked\r\n")
                .doesNotContainIgnoringCase("content-length");
        Until.holds(() -> steer("/state").equals("asked for 1"));

        assertThat(steer("/part/first")).startsWith("asked for");
        assertThat(read("first\r\n")).isEqualTo("5\r\nfirst\r\n");
        Until.holds(() -> steer("/state").equals("asked for 2"));
        assertThat(steer("/part/second")).startsWith("asked for");
        assertThat(read("second\r\n")).isEqualTo("6\r\nsecond\r\n");
        assertThat(steer("/end")).startsWith("asked for");
        assertThat(read("0\r\n\r\n")).isEqualTo("0\r\n\r\n");

        client.send(Raw.request("GET", "/state"));
        assertThat(client.answer().body())
                .as("the connection can be used again")
                .startsWith("asked for");
    }

    @Test
    void nothingIsAskedForThatTheClientDoesNotTake() {
        client.send(Raw.request("GET", "/flood"));
        long[] last = {0, System.nanoTime()};
        Until.holds(() -> {
            String state = steer("/state");
            long now = state.equals("nobody") ? 0 : Long.parseLong(state.substring("asked for ".length()));
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now > 0 && System.nanoTime() - last[1] > 500_000_000L;
        });
        assertThat(last[0]).as("parts of 64 KiB").isLessThan(1_000);
    }

    @Test
    void whenTheClientGoesTheStreamIsCancelled() throws Exception {
        client.send(Raw.request("GET", "/stream"));
        assertThat(read("\r\n\r\n")).contains("200");
        Until.holds(() -> steer("/state").equals("asked for 1"));
        client.close();
        Until.holds(() -> steer("/state").endsWith(", cancelled"));
    }

    @Test
    void aStreamThatBreaksEndsTheConnectionWithoutItsEnd() throws Exception {
        client.send(Raw.request("GET", "/stream"));
        assertThat(read("\r\n\r\n")).contains("200");
        Until.holds(() -> steer("/state").equals("asked for 1"));
        assertThat(steer("/part/first")).startsWith("asked for");
        assertThat(read("first\r\n")).isEqualTo("5\r\nfirst\r\n");
        assertThat(steer("/break")).startsWith("asked for");
        assertThat(read("0\r\n\r\n")).isEqualTo("<closed>");
    }

    @Test
    void aClientOfHttp10GetsItWithoutChunks() throws Exception {
        client.send("GET /stream HTTP/1.0\r\nHost: orders.shop.localhost\r\n\r\n");
        assertThat(read("\r\n\r\n"))
                .contains(" 200 ")
                .doesNotContainIgnoringCase("transfer-encoding")
                .containsIgnoringCase("connection: close");
        Until.holds(() -> steer("/state").equals("asked for 1"));
        assertThat(steer("/part/first")).startsWith("asked for");
        assertThat(steer("/end")).startsWith("asked for");
        assertThat(read("<never>")).isEqualTo("first<closed>");
    }

    @Test
    void aHeadIsAnsweredWithoutAStream() {
        client.send(Raw.request("HEAD", "/stream"));
        assertThat(client.answer(true).status()).isEqualTo(200);
        client.send(Raw.request("GET", "/state"));
        assertThat(client.answer().body()).isEqualTo("nobody");
    }
}
