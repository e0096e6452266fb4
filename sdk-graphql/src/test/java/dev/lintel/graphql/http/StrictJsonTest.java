package dev.lintel.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private final StrictJson json = new StrictJson(new Limits(1_000, 5, 8));

    @Test
    void numbersKeepAllTheirDigits() throws Refused {
        assertThat(read("[9007199254740993, 0.10, 1e-30, true, null, \"ä\"]"))
                .isEqualTo(Arrays.asList(
                        new BigInteger("9007199254740993"),
                        new BigDecimal("0.10"),
                        new BigDecimal("1E-30"),
                        true,
                        null,
                        "ä"));
        assertThat(read("{\"a\":{\"b\":[]}}")).isEqualTo(Map.of("a", Map.of("b", List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":",
                "[1",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "1 2",
                "{} x",
                "NaN",
                "{'a':1}",
                "[1,]",
                "// a\n1",
                "[[[[[[1]]]]]]",
                "[1,2,3,4,5,6,7,8]",
                "1e1001",
                "1e999999999",
                "1e-1001",
                "\uFEFF{}",
                "\"\u0001\"",
                "01"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void aNumberMayNotBeLongerThanItCanBeCountedWith() {
        assertThatThrownBy(() -> read("9".repeat(1_001))).isInstanceOf(Refused.class);
    }

    @Test
    void bytesMustBeUtf8() {
        for (byte[] bytes : List.of(
                new byte[] {'"', (byte) 0xff, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                "{}".getBytes(StandardCharsets.UTF_16))) {
            assertThatThrownBy(() -> json.read(bytes)).hasMessage("the body is not UTF-8");
        }
    }

    private Object read(String text) throws Refused {
        return json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
