package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An apiserver that is busy or not there for a while. */
class TransportTest {
    @Test
    void whatIsAskedTooOftenIsAskedAgainWhenTheApiserverWantsIt() throws IOException {
        AtomicInteger left = new AtomicInteger(2);
        try (FakeApiserver api = new FakeApiserver(call ->
                left.getAndDecrement() > 0 ? new Answer(429, "", Map.of("Retry-After", "7")) : Answer.ok("{}"))) {
            assertThat(api.transport().send(Call.get("/api"))).isEqualTo(new Reply(200, "{}"));
            assertThat(api.asked).hasSize(3);
            assertThat(api.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        }
    }

    @Test
    void whatIsReadComesPackedAndIsUnpacked() throws IOException {
        String list = "{\"items\": [\"" + "ü".repeat(100_000) + "\"]}";
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(list))) {
            assertThat(api.transport().send(Call.get("/api"))).isEqualTo(new Reply(200, list));
            assertThat(api.packed).containsExactly("GET /api");
        }
    }

    @Test
    void aStormHasAnEndAndItsLastWordsAreKept() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.of(503, "etcd is away"))) {
            Reply reply = api.transport().send(Call.get("/api"));

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("etcd is away");
            assertThat(api.asked).hasSize(4);
            assertThat(api.pauses)
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        }
    }

    @Test
    void afterOneThatWasOfNoUseNoneIsSentAgain() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.of(500, "no"))) {
            List<Reply> replies = api.transport().sendAll(Collections.nCopies(1_000, Call.get("/api")));

            assertThat(replies).hasSize(1_000).allMatch(reply -> reply.status() == 500);
            // So many are under way at once, each with its four attempts, and none after them has a second one.
            assertThat(api.asked).hasSizeBetween(1_003, 1_000 + 3 * 64);
        }
    }

    @Test
    void whatMayHaveHappenedAndMakesADifferenceIsNotSentAgain() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.of(500, "no"))) {
            Reply reply = api.transport().send(new Call("POST", "/api", "application/json", "{}"));

            assertThat(reply.status()).isEqualTo(500);
            assertThat(api.asked).containsExactly("POST /api");
        }
    }

    @Test
    void anApiserverThatIsNotThereIsAskedSoOftenAndThenNamed() throws IOException {
        FakeApiserver api = new FakeApiserver(call -> Answer.ok("{}"));
        try (api) {
            Transport transport = api.transport();
            String server = api.client.getConfiguration().getMasterUrl().replaceAll("/$", "");
            api.stop();

            assertThatThrownBy(() -> transport.send(Call.get("/api")))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageStartingWith("the apiserver at " + server + " gave no answer to GET /api: ");
            assertThat(api.pauses).hasSize(3);
        }
    }
}
