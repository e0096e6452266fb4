package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> NAMES = List.of("GET", "PUT", "POST", "DELETE", "timeout", "paths", "jwksUri");

    @ParameterizedTest
    @CsvSource({
        "GTE, GET",
        "get, GET",
        "POTS, POST",
        "DELTE, DELETE",
        "timout, timeout",
        "tiemout, timeout",
        "path, paths",
        "jwks_uri, jwksUri",
        "jwksurl, jwksUri",
        "PURGE,",
        "FETCH,",
        "X,",
        "'',",
        "time,"
    })
    void theNearestNameIsMeant(String said, String meant) {
        assertThat(Spelling.near(said, NAMES).orElse(null)).isEqualTo(meant);
    }

    @Test
    void longNamesAreNotLookedAt() {
        String name = "timeout".repeat(10);

        assertThat(Spelling.near(name + "s", List.of(name))).isEmpty();
    }
}
