package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    @Test
    void aTextIsComparedAsItIs() {
        assertThat(has("admin", "user", "admin")).isTrue();
        assertThat(has("Admin", "admin")).isFalse();
        assertThat(has("admin ", "admin")).isFalse();
        assertThat(has("", "")).isTrue();
    }

    @Test
    void aNumberIsComparedByTheWayJsonWritesItWithoutNeedlessZeros() {
        assertThat(has(1, "1")).isTrue();
        assertThat(has(1L, "1")).isTrue();
        assertThat(has(-7L, "-7")).isTrue();
        assertThat(has(1.0, "1")).isTrue();
        assertThat(has(1.50, "1.5")).isTrue();
        assertThat(has(new BigDecimal("10"), "10")).isTrue();
        assertThat(has(1e10, "10000000000")).isTrue();
        assertThat(has(new BigInteger("123456789012345678901"), "123456789012345678901"))
                .isTrue();
        assertThat(has(1, "01", "+1", "1.0", "true")).isFalse();
        assertThat(has(Double.NaN, "NaN")).isFalse();
    }

    @Test
    void aHugeNumberIsNotWrittenOut() {
        assertThat(has(new BigDecimal("1e999999999"), "1E+999999999")).isTrue();
        assertThat(has(new BigDecimal("1e-999999999"), "0")).isFalse();
    }

    @Test
    void aBooleanIsComparedByItsName() {
        assertThat(has(true, "true")).isTrue();
        assertThat(has(false, "true")).isFalse();
        assertThat(has(true, "1", "TRUE")).isFalse();
    }

    @Test
    void ofAListOneElementIsEnough() {
        assertThat(has(List.of("a", "b"), "b")).isTrue();
        assertThat(has(List.of(1, true), "true")).isTrue();
        assertThat(has(List.of(), "")).isFalse();
        assertThat(has(List.of("a b"), "a")).isFalse();
    }

    @Test
    void nullObjectsAndListsInListsAreEqualToNoText() {
        assertThat(Claims.hasOne(null, List.of("null", ""))).isFalse();
        assertThat(has(Arrays.asList(null, "x"), "null")).isFalse();
        assertThat(has(Map.of("a", "b"), "{a=b}")).isFalse();
        assertThat(has(List.of(List.of("a")), "a", "[a]")).isFalse();
    }

    private static boolean has(Object claim, String... anyOf) {
        return Claims.hasOne(claim, List.of(anyOf));
    }
}
