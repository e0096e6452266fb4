package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {
    @Test
    void aSecretHasAPlace() {
        assertThat(new SecretRef("shop", "orders-client", "client_secret.v1"))
                .hasToString("shop/orders-client/client_secret.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".new", "a/b", "a b", "ä", "a\n"})
    void aKeyThatCouldBeAnotherPathIsRefused(String key) {
        assertThatThrownBy(() -> new SecretRef("shop", "orders", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret's key must be letters, digits, '-', '_' and '.', at most 253,"
                        + " not beginning with a dot, but was '" + key + "'");
    }

    @ParameterizedTest
    @CsvSource({".., orders, namespace, ..", "shop, a/b, name, a/b"})
    void itsOtherNamesAreLabels(String namespace, String name, String what, String wrong) {
        assertThatThrownBy(() -> new SecretRef(namespace, name, "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret's " + what + " must be a DNS label (lower-case letters, digits, '-',"
                        + " at most 63), but was '" + wrong + "'");
    }
}
