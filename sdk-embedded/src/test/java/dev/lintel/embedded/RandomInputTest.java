package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Good requests in any pieces are answered alike; broken ones get an answer or a closed connection, and nothing hangs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomInputTest {
    private final long seed = System.nanoTime();
    private final FakeService service =
            FakeService.start((asked, out) -> out.write(FakeService.ok(asked.first() + asked.body())));
    private final Gateway gateway = Gateway.start();

    @BeforeAll
    void expose() {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders().define()));
    }

    @AfterAll
    void close() {
        gateway.close();
        service.close();
    }

    @Test
    void piecesMakeNoDifference() {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            StringBuilder all = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                request(random, all, expected);
            }
            try (Raw raw = Raw.to(gateway)) {
                byte[] bytes = all.toString().getBytes(StandardCharsets.ISO_8859_1);
                for (int at = 0; at < bytes.length; ) {
                    int size = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 10 : 400));
                    raw.send(Arrays.copyOfRange(bytes, at, at + size));
                    at += size;
                }
                for (String body : expected) {
                    assertThat(raw.answer().body()).as("seed " + seed).isEqualTo(body);
                }
            }
        }
    }

    private static void request(Random random, StringBuilder all, List<String> expected) {
        String path = "/" + random.nextInt(1000);
        String body = "b".repeat(random.nextInt(300));
        switch (random.nextInt(3)) {
            case 0 -> {
                all.append(Raw.request("GET", path));
                expected.add("GET " + path + " HTTP/1.1");
            }
            case 1 -> {
                all.append(Raw.request("POST", path, "Content-Length: " + body.length()))
                        .append(body);
                expected.add("POST " + path + " HTTP/1.1" + body);
            }
            default -> {
                all.append(Raw.request("PUT", path, "Transfer-Encoding: chunked"));
                for (int at = 0; at < body.length(); ) {
                    int size = Math.min(body.length() - at, 1 + random.nextInt(100));
                    all.append(Integer.toHexString(size)).append("\r\n").append(body, at, at + size);
                    all.append("\r\n");
                    at += size;
                }
                all.append("0\r\n\r\n");
                expected.add("PUT " + path + " HTTP/1.1" + body);
            }
        }
    }

    @Test
    void brokenBytesAreAnsweredOrCutOff() {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder all = new StringBuilder();
            request(random, all, new ArrayList<>());
            byte[] bytes = all.toString().getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (Raw raw = Raw.to(gateway)) {
                raw.send(bytes);
                raw.finish();
                int status = raw.answer().status();
                assertThat(status).as("seed " + seed + ", round " + round).isIn(0, 200, 400, 404, 417, 431, 501, 505);
            }
        }
        assertThat(Raw.get(gateway, "/healthy").body()).isEqualTo("GET /healthy HTTP/1.1");
    }
}
