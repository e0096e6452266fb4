package dev.lintel.auth.jwt;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.TrustedIssuer;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Origin;
import dev.lintel.core.model.Issuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that stand in a definition: public ones, and never quoted where they are wrong. */
class PinnedKeysTest {
    private static final String ISSUER = "https://id.example";
    private static final String GOOD = TestKeys.jwks(TestKeys.RSA, TestKeys.EC);

    private static TrustedIssuer pinned(String keys) {
        return TrustedIssuer.issuer(ISSUER).keys(keys);
    }

    @Test
    void keysStandOnOneLine() {
        String pretty = GOOD.replace(",", ",\n  ");
        assertThat(pinned(pretty).jwks()).isEqualTo(GOOD).doesNotContain("\n");
        assertThat(pinned(pretty).algorithms("ES256").jwks()).isEqualTo(GOOD);
        assertThat(oauth2(pinned(GOOD)).issuers())
                .extracting(TrustedIssuer::jwks)
                .containsExactly(GOOD);
    }

    @Test
    void aPrivateKeyIsRefusedWithoutAWordOfIt() {
        String secret = TestKeys.EC.toJSONString();
        assertThatThrownBy(
                        () -> pinned("{\"keys\":[" + TestKeys.RSA.toPublicJWK().toJSONString() + "," + secret + "]}"))
                .hasMessage("the keys of issuer 'https://id.example' must be public, but some hold a private part or a"
                        + " shared secret: say what the issuer publishes, and replace these keys if this text has left"
                        + " your hands");
        assertThatThrownBy(() -> pinned("{\"keys\":[{\"kty\":\"oct\",\"k\":\"aHVudGVyMg\"}]}"))
                .hasMessageContaining("must be public")
                .hasMessageNotContaining("aHVudGVyMg");
    }

    @Test
    void whatIsNoSetOfKeysIsRefused() {
        for (String bad : List.of("", "[]", "{}", "{\"keys\": 1}", "{\"keys\": [], \"keys\": []}", "hunter2")) {
            assertThatThrownBy(() -> pinned(bad))
                    .as(bad)
                    .hasMessage("the keys of issuer 'https://id.example' must be a JSON Web Key Set, as in {\"keys\":"
                            + " [{\"kty\": …}]} (RFC 7517, 5)");
        }
        String sealing = GOOD.replace("{\"kty\"", "{\"use\":\"enc\",\"kty\"");
        for (String useless : List.of("{\"keys\":[]}", sealing)) {
            assertThatThrownBy(() -> pinned(useless))
                    .hasMessage("the keys of issuer 'https://id.example' must hold one that is good for signatures");
        }
        assertThatThrownBy(() -> pinned("{\"keys\":[" + "{},".repeat(64) + "{}]}"))
                .hasMessage("the keys of issuer 'https://id.example' must be at most 64, but are 65");
        assertThatThrownBy(() -> pinned(" ".repeat(65_537)))
                .hasMessage(
                        "the keys of issuer 'https://id.example' must have at most 65536 characters, but have 65537");
        assertThatThrownBy(() -> pinned(GOOD).jwks(URI.create("https://id.example/keys")))
                .hasMessage(
                        "the keys of issuer 'https://id.example' are said, and an address of them as well: say one of"
                                + " the two");
    }

    /** Istio refuses a set of which it cannot read one key, and with it everything that is written together with it. */
    @Test
    void oneKeyThatCannotBeReadSpoilsTheSet() {
        String good = TestKeys.RSA.toPublicJWK().toJSONString();
        String curve = TestKeys.EC.toPublicJWK().toJSONString();
        for (String bad : List.of(
                "7",
                "{}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"DSA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}",
                curve.replace("\"x\":\"", "\"x\":\"AA"),
                curve.replace("P-256", "secp256k1"),
                good.replaceFirst("\\{", "{\"use\":\"both\","),
                good.replaceFirst("\"kid\":\"[^\"]*\"", "\"kid\":7"),
                good.replaceFirst("\\{", "{\"x5c\":[\"AAAA\"],"),
                good.replaceFirst("\\{", "{\"x5c\":\"AAAA\","))) {
            assertThatThrownBy(() -> pinned("{\"keys\":[" + good + "," + bad + "]}"))
                    .as(bad)
                    .hasMessage(
                            "the keys of issuer 'https://id.example' must all be well formed, but key 2 of 2 is not: say"
                                    + " it as the issuer publishes it, or leave it out (RFC 7517, 4)");
        }
    }

    @Test
    void twoKeysOfOneNameAreRefusedAndTwoWithoutOneAreNot() {
        String other = TestKeys.EC.toPublicJWK().toJSONString();
        String named = TestKeys.RSA.toPublicJWK().toJSONString().replaceFirst("\"kid\":\"[^\"]*\"", "\"kid\":\"a\"");

        assertThatThrownBy(() -> pinned("{\"keys\":[" + named + "," + other + "," + named + "]}"))
                .hasMessage(
                        "the keys of issuer 'https://id.example' must have names of their own, but keys 1 and 3 have the"
                                + " same kid: leave out the one that the issuer does not sign with");
        String nameless = TestKeys.RSA.toPublicJWK().toJSONString().replaceFirst("\"kid\":\"[^\"]*\",?", "");
        assertThat(pinned("{\"keys\":[" + nameless + "," + nameless + "]}").jwks())
                .contains(nameless);
    }

    /** Its address is nobody's: whoever asked it would fail. */
    @Test
    void nobodyIsAskedForThem() throws FetchException {
        try (Http http = new Http(Duration.ofSeconds(1))) {
            KeySource source = KeySource.of(
                    http, new Issuer("https://id.invalid", null, GOOD, List.of("RS256"), Origin.unknown()));
            assertThat(source.fetch().keys()).hasSize(2);
            KeySource none = KeySource.of(
                    http, new Issuer("https://id.invalid", null, "no keys", List.of("RS256"), Origin.unknown()));
            assertThat(none.fetch().keys()).as("without keys no token is good").isEmpty();
        }
    }
}
