package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void printsNothingOfWhatItHolds() {
        Secret secret = Secret.of("hunter2");
        assertThat(secret).hasToString("[redacted]");
        assertThat("client " + secret).isEqualTo("client [redacted]");
    }

    @Test
    void revealsTheTextItWasGiven() {
        assertThat(Secret.of("pässwörd €").reveal()).isEqualTo("pässwörd €");
        assertThat(Secret.of("pässwörd €".toCharArray()).reveal()).isEqualTo("pässwörd €");
    }

    @Test
    void keepsACopyOfTheCharacters() {
        char[] characters = "hunter2".toCharArray();
        Secret secret = Secret.of(characters);
        characters[0] = 'b';
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void isEqualByTextAndItsHashCodeTellsNothing() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of(new char[] {'a'})).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("b")).isNotEqualTo("a");
    }

    @Test
    void mustNotBeEmpty() {
        assertThatThrownBy(() -> Secret.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret must not be empty");
        assertThatThrownBy(() -> Secret.of(new char[0])).hasMessage("a secret must not be empty");
    }
}
