package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static List<Challenge> read(String... headers) {
        return Challenge.read(List.of(headers));
    }

    @Test
    void aChallengeIsASchemeAndParameters() {
        assertThat(read("Bearer realm=\"orders, \\\"all\\\"\", error=\"invalid_token\" ,error_description = expired"))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of("realm", "orders, \"all\"", "error", "invalid_token", "error_description", "expired")));
    }

    @Test
    void severalStandInOneHeaderOrInMany() {
        assertThat(read("Basic realm=\"x\", DPoP algs=\"ES256\", error=\"use_dpop_nonce\", Negotiate abc/+=, Bearer"))
                .extracting(Challenge::scheme)
                .containsExactly("basic", "dpop", "negotiate", "bearer");
        assertThat(read("Bearer", "DPoP error=\"invalid_token\"")).hasSize(2);
        assertThat(read(", ,Bearer error=invalid_token,,")).hasSize(1);
        assertThat(read("Bearer ")).containsExactly(new Challenge("bearer", Map.of()));
        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer error=\"invalid_token",
                "Bearer error=\"invalid_token\" x",
                "Bearer error=\"a\" error_description=\"b\"",
                "Bearer error=\"invalid_token\", error=\"other\"",
                "Bearer error=\"invalid_token\", Error=\"other\"",
                "Bearer error=inv@lid",
                "Bearer error=\"a\u0001b\"",
                "Bearer error=\"a\nb\"",
                "Bearer: error=\"invalid_token\"",
                "Bearer x y",
                "error=\"invalid_token\"",
                "Bearer error=\"a\\\u00ff\u0100\"",
                "\"Bearer\""
            })
    void ofAHeaderThatBreaksTheGrammarNothingIsBelieved(String header) {
        assertThat(read(header)).isEmpty();
        assertThat(read("Bearer error=\"invalid_token\"", header)).isEmpty();
    }

    @Test
    void longHeadersAreNotRead() {
        String escapes = "\\a".repeat(2_000);
        assertThat(read("Bearer realm=\"" + escapes + "\"").get(0).parameters())
                .containsEntry("realm", "a".repeat(2_000));
        assertThat(read("Bearer realm=\"" + "a".repeat(4_096) + "\"")).isEmpty();
    }

    @Test
    void whatItWantsIsTyped() {
        Challenge stepUp = read("Bearer error=\"insufficient_user_authentication\", scope=\"a b\","
                        + " acr_values=\"urn:gold urn:silver\", max_age=\"300\"")
                .get(0);
        assertThat(stepUp.error()).contains("insufficient_user_authentication");
        assertThat(stepUp.scopes()).containsExactly("a", "b");
        assertThat(stepUp.contexts()).containsExactly("urn:gold", "urn:silver");
        assertThat(stepUp.maxAge()).contains(Duration.ofMinutes(5));
        Challenge odd = read("Bearer error=\"a\\\"b\", scope=\"a  b\", acr_values=\"\", max_age=\"-1\"")
                .get(0);
        assertThat(odd.error()).isEmpty();
        assertThat(odd.scopes()).isEmpty();
        assertThat(odd.contexts()).isEmpty();
        assertThat(odd.maxAge()).isEmpty();
    }
}
