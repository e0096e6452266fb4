package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.ask;
import static dev.lintel.embedded.Outside.connect;
import static dev.lintel.embedded.Outside.psp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.log.LogWatch;
import org.junit.jupiter.api.Test;

/** What the way out writes down of a call. */
class EgressLogTest {
    private static final String CANARY = "canary-5519";

    @Test
    void queriesAndHeaderValuesAreNotLogged() {
        String authorization = "Authorization: Bearer " + CANARY + "\r\n";
        try (LogWatch log = LogWatch.open();
                FakeService service = FakeService.saying("ok");
                Outside outside = Outside.letting(psp(service.uri().getPort()));
                EgressProxy proxy = outside.payments()) {
            String authority = HOST + ":" + service.uri().getPort();
            String plain = "GET http://" + authority + "/" + CANARY + "?token=" + CANARY + " HTTP/1.1\r\nHost: "
                    + authority + "\r\n" + authorization + "\r\n";
            assertThat(ask(proxy, plain).status()).isEqualTo(200);
            assertThat(ask(proxy, plain.replace(HOST, "evil.example")).status()).isEqualTo(502);
            assertThat(ask(proxy, connect("evil.example:443").replace("\r\n\r\n", "\r\n" + authorization + "\r\n"))
                            .status())
                    .isEqualTo(502);
            assertThat(ask(proxy, "GET /?" + CANARY + " HTTP/1.1\r\n" + authorization + "\r\n")
                            .status())
                    .isEqualTo(400);

            assertThat(log.lines())
                    .contains(
                            "DEBUG dev.lintel.embedded.egress payments.shop GET " + authority + " 200",
                            "DEBUG dev.lintel.embedded.egress payments.shop CONNECT evil.example:443 502")
                    .noneMatch(line -> line.startsWith("DEBUG dev.lintel") && line.contains(CANARY));
        }
    }
}
