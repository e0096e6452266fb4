package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowsTest {
    @ParameterizedTest
    @CsvSource({
        "orders.example, orders.example-shadow",
        "orders.example:8080, orders.example-shadow:8080",
        "127.0.0.1, 127.0.0.1-shadow",
        "[::1], [::1]-shadow",
        "[::1]:8080, [::1]-shadow:8080"
    })
    void theSuffixStandsBeforeThePort(String authority, String shadow) {
        assertThat(Shadows.shadow(authority)).isEqualTo(shadow);
    }
}
