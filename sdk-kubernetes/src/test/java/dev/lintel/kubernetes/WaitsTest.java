package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may be said about waiting, and what a probe asks. */
class WaitsTest {
    @Test
    void aLimitIsMoreThanNothingAndADayAtMost() {
        assertThat(Waits.upTo(Duration.ofDays(1)).limit()).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> Waits.upTo(Duration.ZERO))
                .hasMessage("waiting takes some time; Waits.none() is for no waiting");
        assertThatThrownBy(() -> Waits.upTo(Duration.ofDays(2)))
                .hasMessage("waiting takes from nothing to PT24H, not PT48H");
        assertThatThrownBy(() -> Waits.none().probing(Optional::empty))
                .hasMessage("a probe needs time: say Waits.upTo(…) first");
    }

    @Test
    void aProbeAsksForOneStatusAndSendsNoToken() throws IOException {
        try (FakeApiserver api = new FakeApiserver(
                call -> call.equals("GET /orders?x=1") ? Answer.ok("{}") : Answer.of(404, "nothing here"))) {
            String server = api.client.getConfiguration().getMasterUrl();
            URI orders = URI.create(server + "orders?x=1");

            assertThat(TrafficProbe.http(orders, 200).ask()).isEmpty();
            assertThat(TrafficProbe.http(orders, 404).ask()).contains("status 200");
            assertThat(TrafficProbe.http(URI.create(server + "stock"), 404).ask())
                    .isEmpty();
            assertThat(TrafficProbe.http(orders, 200)).hasToString("GET " + orders + " with status 200");
            assertThat(api.asked).containsExactly("GET /orders?x=1", "GET /orders?x=1", "GET /stock");
            assertThat(api.authorized).isEmpty();
            assertThat(api.transport().send(Transport.Call.get("/orders?x=1")).status())
                    .isEqualTo(200);
            assertThat(api.authorized).hasSize(1);
        }
    }

    @Test
    void whoDoesNotAnswerIsNotContent() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok("{}"))) {
            URI gone = URI.create(api.client.getConfiguration().getMasterUrl());
            api.stop();
            assertThat(TrafficProbe.http(gone, 200).ask()).get().asString().startsWith("no answer: ");
        }
    }

    @Test
    void anAddressIsOneOfHttpAndHoldsNoPassword() {
        assertThatThrownBy(() -> TrafficProbe.http(URI.create("file:///etc/passwd"), 200))
                .hasMessage("'file:///etc/passwd' is no address of HTTP with a host");
        assertThatThrownBy(() -> TrafficProbe.http(URI.create("http://me:secret@example.com"), 200))
                .hasMessage("the address of a probe holds no user");
        assertThatThrownBy(() -> TrafficProbe.http(URI.create("http://example.com"), 0))
                .hasMessage("there is no status 0");
    }
}
