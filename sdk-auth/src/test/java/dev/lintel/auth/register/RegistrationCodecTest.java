package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A line of the book of registrations, written down and read again. */
class RegistrationCodecTest {
    private static final RegisteredClient CLIENT = new RegisteredClient(
            "assigned-1",
            Secret.of("canary"),
            Instant.EPOCH,
            URI.create("https://id.example/register/assigned-1"),
            Secret.of("token"),
            Map.of("scope", "orders.read"));

    @Test
    void allOfItComesBack() {
        RegistrationBook.Entry stamped =
                new RegistrationBook.Entry("shop-team", "stamp", List.of("orders"), CLIENT, false);

        for (RegistrationBook.Entry entry : List.of(stamped, stamped.leaving(true))) {
            assertThat(RegistrationCodec.read(RegistrationCodec.write(entry))).contains(entry);
        }
    }

    @Test
    void whatWasWrittenBeforeThereWereStampsHasNone() {
        String before = "{\"owner\":\"shop-team\",\"audience\":[],\"client_id\":\"assigned-1\",\"registered\":{}}";

        RegistrationBook.Entry entry =
                RegistrationCodec.read(before.getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(entry.stamp()).isNull();
        assertThat(entry.leaving()).isFalse();
    }
}
