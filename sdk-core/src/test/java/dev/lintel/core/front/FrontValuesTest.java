package dev.lintel.core.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a front is given and answers prints nothing that may be secret, and is read as often as one likes. */
class FrontValuesTest {
    private static final byte[] CANARY = "canary".getBytes(StandardCharsets.UTF_8);

    @Test
    void noneOfThemPrintsWhatMayBeSecret() {
        FrontHeader header = new FrontHeader("authorization", "canary");
        List<Object> all = List.of(
                request(),
                header,
                new FrontCall("GET", "/canary?canary", List.of(header), ByteBuffer.wrap(CANARY), Duration.ofSeconds(1)),
                new FrontReply(200, List.of(header), ByteBuffer.wrap(CANARY)),
                FrontAnswer.of(200, Map.of("set-cookie", "canary"), CANARY));

        assertThat(all).allSatisfy(value -> assertThat(value.toString()).doesNotContain("canary"));
        assertThat(request()).hasToString("POST api.example/graphql");
    }

    @Test
    void aBodyIsReadAgainFromItsBeginning() {
        FrontRequest request = request();

        assertThat(request.text()).isEqualTo("canary");
        byte unusedRead = request.body().get();
        assertThat(request.text()).isEqualTo("canary");
        assertThat(request.bytes()).isEqualTo(CANARY);
        assertThat(request.header("X-Key")).hasValue("canary");
        assertThat(request.verified()).isEmpty();
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> FrontAnswer.of(99, Map.of(), CANARY))
                .hasMessage("the status of an answer must be 200 to 599, but was 99");
        assertThatThrownBy(() -> new FrontCall("GET", "x", List.of(), ByteBuffer.wrap(CANARY), Duration.ofSeconds(1)))
                .hasMessage("the target of a call begins with '/'");
        assertThatThrownBy(() -> new FrontCall("GET", "/x", List.of(), ByteBuffer.wrap(CANARY), Duration.ZERO))
                .hasMessage("a call's timeout must be more than zero, but was PT0S");
    }

    private static FrontRequest request() {
        return new FrontRequest(
                "POST",
                "api.example",
                "/graphql",
                "canary",
                Map.of("x-key", "canary"),
                ByteBuffer.wrap(CANARY),
                Token.NONE,
                Caller.NONE);
    }
}
