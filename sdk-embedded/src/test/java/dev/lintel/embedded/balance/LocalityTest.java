package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalityTest {
    @ParameterizedTest
    @CsvSource({
        "eu/1/a, eu/1/a, 0",
        "eu/1/a, eu/1/b, 1",
        "eu/1/a, eu/1, 1",
        "eu/1/a, eu/2/a, 2",
        "eu/1, eu, 2",
        "eu, eu, 0",
        "eu/1/a, us/1/a, 3",
    })
    void distanceIsHowMuchOfItDiffers(String one, String other, int distance) {
        assertThat(Locality.of(one).distance(Locality.of(other))).isEqualTo(distance);
        assertThat(Locality.of(other).distance(Locality.of(one))).isEqualTo(distance);
        assertThat(Locality.of(one)).hasToString(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu", "us/1"})
    void withoutAPlaceOfOnesOwnAllIsEquallyNear(String other) {
        assertThat(Locality.of(other).distance(Locality.UNKNOWN)).isZero();
        assertThat(Locality.UNKNOWN.distance(Locality.of(other))).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "eu/", "eu//a", "eu/1/a/b", " "})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Locality.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a locality is 'region', 'region/zone' or 'region/zone/subzone', but was '" + text + "'");
    }
}
