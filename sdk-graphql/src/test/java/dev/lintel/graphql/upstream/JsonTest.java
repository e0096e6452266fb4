package dev.lintel.graphql.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void numbersAreExact() throws UpstreamException {
        assertThat(read("[1, 9007199254740993, 123456789012345678901234567890, 0.1, 1e-30, 1.50, -0]"))
                .isEqualTo(List.of(
                        1,
                        9007199254740993L,
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("0.1"),
                        new BigDecimal("1E-30"),
                        new BigDecimal("1.50"),
                        0));
    }

    @Test
    void objectsKeepTheirOrder() throws UpstreamException {
        assertThat(read("{\"b\": null, \"a\": [true, \"\\ud83d\\ude00\"]}"))
                .hasToString("{b=null, a=[true, \ud83d\ude00]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1,]", "{} {}", "nul", "<html>", "{a: 1}", "'a'", "NaN", "01", "\"a", "1 2"})
    void whatIsNoJsonIsInvalid(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        UpstreamException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(UpstreamCode.UPSTREAM_INVALID))
                .hasNoCause();
    }

    @Test
    void whatIsTooMuchIsTooLarge() {
        for (String text :
                List.of("[".repeat(201) + "]".repeat(201), "1".repeat(1001), "[" + "1,".repeat(1_000_000) + "1]")) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOfSatisfying(
                            UpstreamException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(UpstreamCode.UPSTREAM_TOO_LARGE));
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws UpstreamException {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            Object value = value(random, 0);

            assertThat(Json.read(Json.write(value))).as("round %s", round).isEqualTo(value);
        }
    }

    @Test
    void whatIsNoJsonIsNotWritten() {
        for (Object odd :
                List.of(Double.NaN, Float.POSITIVE_INFINITY, new Object(), 'c', "\udc00", Map.of("\ud800", 1))) {
            assertThatThrownBy(() -> Json.write(odd)).isInstanceOf(IllegalArgumentException.class);
        }
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThatThrownBy(() -> Json.write(circle)).hasMessage("a value has more than 200 levels");
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> new BigInteger(100, random).add(BigInteger.ONE.shiftLeft(80));
            case 4 -> new BigDecimal(new BigInteger(90, random), 1 + random.nextInt(40));
            case 5 -> text(random);
            case 6 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int c = random.nextInt(0x11000);
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
        }
        return text.toString();
    }

    private static @Nullable Object read(String text) throws UpstreamException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
