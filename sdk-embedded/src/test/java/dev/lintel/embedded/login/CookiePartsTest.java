package dev.lintel.embedded.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.RequestValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One value in several cookies. */
class CookiePartsTest {
    private static final RequestValue NOTHING = RequestValue.of("GET", "http://web.shop.localhost/");
    private static final byte[] PURPOSE = "a test".getBytes(StandardCharsets.US_ASCII);

    private final CookieParts parts = new CookieParts("s");
    private final SessionKeys keys =
            SessionKeys.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[32])));

    private Map<String, String> written(String value, RequestValue before) {
        Map<String, String> set = new TreeMap<>();
        for (String line : parts.write(value, Duration.ofHours(1), before)) {
            assertThat(line.length()).isLessThanOrEqualTo(4096);
            String pair = line.substring(0, line.indexOf(';'));
            set.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return set;
    }

    private static RequestValue with(Map<String, String> cookies) {
        RequestValue request = NOTHING;
        for (Map.Entry<String, String> one : cookies.entrySet()) {
            request = request.header("Cookie", one.getKey() + "=" + one.getValue());
        }
        return request;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3799, 3800, 3801, 7600, 7601, 19_000})
    void whatIsWrittenIsRead(int length) {
        String value = "abc-_".repeat(length / 5 + 1).substring(0, length);
        Map<String, String> set = written(value, NOTHING);

        assertThat(set).hasSize((length + 3799) / 3800);
        assertThat(parts.read(with(set))).isEqualTo(value);
    }

    @Test
    void whatHasNoRoomIsNotWritten() {
        assertThat(parts.write("a".repeat(19_001), Duration.ofHours(1), NOTHING))
                .isNull();
    }

    @Test
    void partsThatAreNotNeededAnyMoreAreRemoved() {
        Map<String, String> large = written("a".repeat(10_000), NOTHING);
        List<String> lines = parts.write("b", Duration.ofHours(1), with(large));

        assertThat(lines)
                .containsExactly(
                        "s=1b; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Lax",
                        "s_1=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
                        "s_2=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax");
        large.put("s", "1b");
        assertThat(parts.read(with(large))).isEqualTo("b");
    }

    @Test
    void partsOfDifferentValuesDoNotMix() {
        SecureRandom random = new SecureRandom();
        byte[] text = new byte[7000];
        Map<String, String> first = written(keys.seal(text, PURPOSE, random), NOTHING);
        Map<String, String> second = written(keys.seal(text, PURPOSE, random), NOTHING);
        assertThat(first).hasSize(3);
        assertThat(keys.open(String.valueOf(parts.read(with(first))), PURPOSE)).isEqualTo(text);

        for (String part : first.keySet()) {
            Map<String, String> mixed = new TreeMap<>(first);
            mixed.put(part, second.get(part));
            assertThat(keys.open(String.valueOf(parts.read(with(mixed))), PURPOSE))
                    .isNull();
            mixed.remove(part);
            assertThat(parts.read(with(mixed))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0abc", "6abc", "xabc", "2abc"})
    void whatWasNotWrittenHereIsNone(String value) {
        assertThat(parts.read(with(Map.of("s", value)))).isNull();
    }
}
