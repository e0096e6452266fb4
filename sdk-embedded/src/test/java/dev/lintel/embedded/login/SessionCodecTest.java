package dev.lintel.embedded.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cookie holds is read as it was written, or not at all. */
class SessionCodecTest {
    private static final Session SESSION = new Session(
            "an id",
            7,
            1,
            2,
            3,
            4,
            Long.MAX_VALUE,
            "älice",
            null,
            List.of("openid", "profile"),
            Map.of("groups", List.of("a", "b"), "email", "a@b", "staff", true, "level", -3L),
            Secret.of("access"),
            null,
            Secret.of("id"));

    private static SessionKeys keys(int number) {
        byte[] raw = new byte[32];
        raw[0] = (byte) number;
        return SessionKeys.parse(Secret.of(Base64.getEncoder().encodeToString(raw)));
    }

    private static byte[] purpose(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(SessionCodec.read(SessionCodec.write(SESSION))).isEqualTo(SESSION);
    }

    @Test
    void whatIsCutOrLongerOrOfAnotherFormatIsNone() {
        byte[] whole = SessionCodec.write(SESSION);
        for (int length = 0; length < whole.length; length++) {
            assertThat(SessionCodec.read(Arrays.copyOf(whole, length))).isNull();
        }
        assertThat(SessionCodec.read(Arrays.copyOf(whole, whole.length + 1))).isNull();
        whole[0]++;
        assertThat(SessionCodec.read(whole)).isNull();
        whole[0]--;
        whole[1] = 0x7F;
        assertThat(SessionCodec.read(whole)).isNull();
    }

    /** All on one thread, whose cipher is used again. */
    @Test
    void oneCookieLeavesNothingForTheNext() {
        SessionKeys first = keys(1);
        SessionKeys second = keys(2);
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 50; i++) {
            byte[] text = purpose("text " + i);
            String one = first.seal(text, purpose("a"), random);
            String two = second.seal(text, purpose("a"), random);
            char flipped = one.charAt(30) == 'A' ? 'B' : 'A';

            assertThat(first.open(one.substring(0, 30) + flipped + one.substring(31), purpose("a")))
                    .isNull();
            assertThat(first.open(one, purpose("b"))).isNull();
            assertThat(first.open(two, purpose("a"))).isNull();
            assertThat(second.open(two, purpose("a"))).isEqualTo(text);
            assertThat(first.open(one, purpose("a"))).isEqualTo(text);
            assertThat(first.open(one, purpose("a"))).isEqualTo(text);
        }
    }
}
