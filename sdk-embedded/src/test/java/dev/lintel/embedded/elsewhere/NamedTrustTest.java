package dev.lintel.embedded.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTrustTest {
    @ParameterizedTest
    @CsvSource({
        "api.psp.example, api.psp.example, true",
        "*.psp.example, api.psp.example, true",
        "*.psp.example, psp.example, false",
        "*.psp.example, a.api.psp.example, false",
        "*.example, psp.example, false",
        "*, psp, false",
        "a*.psp.example, api.psp.example, false",
        "api.*.example, api.psp.example, false",
        "psp.example, api.psp.example, false",
        "api.psp.example, api.psp.example.evil, false"
    })
    void aStarStandsForOneWholeLabelInFrontOfTwo(String presented, String wanted, boolean covered) {
        assertThat(NamedTrust.covers(presented, wanted)).isEqualTo(covered);
    }
}
