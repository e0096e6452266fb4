package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Keys that stand in a definition have to be good for something. */
class OAuth2KeysTest {
    private static final TrustedIssuer ISSUER =
            TrustedIssuer.issuer("https://id.example").keys(TestKeys.jwks(TestKeys.RSA));

    @Test
    void keysOfWhichNoneFitsTheAlgorithmsAreRefused() {
        Said orders = Said.orders().withOAuth2(oauth2(ISSUER.algorithms("ES256", "EdDSA")));

        assertThatThrownBy(orders::define)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemsException.class))
                .extracting(ProblemsException::problems, InstanceOfAssertFactories.list(Problem.class))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("oauth2.keys");
                    assertThat(problem.message())
                            .isEqualTo("says keys of issuer 'https://id.example' of which none is for ES256, EdDSA,"
                                    + " so that no token would be good");
                });
    }

    @Test
    void oneThatFitsOneIsEnough() {
        assertThat(Said.orders()
                        .withOAuth2(oauth2(ISSUER.algorithms("ES256", "PS256")))
                        .define())
                .isNotNull();
        assertThat(Said.orders().withOAuth2(oauth2(ISSUER)).define()).isNotNull();
    }

    @Test
    void noKeysAreNotAnyKeys() {
        assertThatThrownBy(() -> ISSUER.keys(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("keySet");
    }
}
