package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.Transport.Call;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent again, when, and how often. */
class PatienceTest {
    private static final Call GET = Call.get("/api");
    private static final Call POST = new Call("POST", "/api", null, null);
    private static final Call DRY = new Call("POST", "/api?dryRun=All", null, null);

    private final Patience patience = new Patience(3, Duration.ofMillis(100));

    @Test
    void pausesGetLongerAndTheNumberIsLimited() {
        assertThat(patience.afterAnswer(GET, 0, 503, null)).contains(Duration.ofMillis(100));
        assertThat(patience.afterAnswer(GET, 2, 500, null)).contains(Duration.ofMillis(400));
        assertThat(patience.afterAnswer(GET, 3, 500, null)).isEmpty();
        assertThat(new Patience(90, Duration.ofMillis(100)).afterAnswer(GET, 80, 500, null))
                .contains(Duration.ofMillis(3_200));
    }

    @Test
    void whatTheApiserverAsksForIsKeptToWithinReason() {
        assertThat(patience.afterAnswer(GET, 0, 429, "2")).contains(Duration.ofSeconds(2));
        assertThat(patience.afterAnswer(GET, 0, 429, "86400")).contains(Duration.ofSeconds(30));
        assertThat(patience.afterAnswer(GET, 0, 429, "Fri, 27 Nov 2026 19:00:00 GMT"))
                .contains(Duration.ofMillis(100));
    }

    @Test
    void whatMayHaveHappenedIsSentAgainOnlyIfItMakesNoDifference() {
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            Call call = new Call(method, "/api", null, null);
            assertThat(patience.afterAnswer(call, 0, 500, null)).as(method).isPresent();
            assertThat(patience.afterSilence(call, 0, new IOException()))
                    .as(method)
                    .isPresent();
        }
        assertThat(patience.afterAnswer(POST, 0, 500, null)).isEmpty();
        assertThat(patience.afterSilence(POST, 0, new IOException())).isEmpty();
        assertThat(patience.afterAnswer(DRY, 0, 500, null)).isPresent();
        assertThat(patience.afterAnswer(POST, 0, 429, "1")).contains(Duration.ofSeconds(1));
    }

    @Test
    void anAnswerThatStandsIsNotAskedForAgain() {
        for (int status : new int[] {200, 400, 403, 404, 409, 410, 422, 501}) {
            assertThat(patience.afterAnswer(GET, 0, status, "1"))
                    .as("%s", status)
                    .isEmpty();
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotAskedAgain() {
        assertThat(patience.afterSilence(GET, 0, new IOException(new CertificateException())))
                .isEmpty();
        assertThat(patience.afterSilence(GET, 0, new IllegalStateException())).isEmpty();
        assertThat(patience.afterSilence(GET, 3, new IOException())).isEmpty();
    }

    @Test
    void itIsThatOfTheClientAndNeverWithoutAnEnd() {
        Config config = new ConfigBuilder(Config.empty())
                .withRequestRetryBackoffLimit(4)
                .withRequestRetryBackoffInterval(7)
                .build();
        assertThat(Patience.of(config)).isEqualTo(new Patience(4, Duration.ofMillis(7)));
        Config endless = new ConfigBuilder(Config.empty())
                .withRequestRetryBackoffLimit(-1)
                .build();
        assertThat(Patience.of(endless).most()).isEqualTo(10);
    }
}
