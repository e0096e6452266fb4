package dev.lintel.judges.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our client against Keycloak. */
@Tag("keycloak")
class KeycloakTest {
    private static Keycloak keycloak;
    private static Realm realm;

    @BeforeAll
    static void start() {
        keycloak = Keycloak.start();
        realm = Realm.in(keycloak);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    void starts() {
        assertThat(realm.initialAccessToken()).isNotEmpty();
    }
}
