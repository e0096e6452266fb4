package dev.lintel.judges.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.TlsClient;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.judges.Identities;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Provider;
import dev.lintel.judges.node.Scripts;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client against oidc-provider: clients that show a certificate (RFC 8705). */
@ExtendWith(Judging.class)
class ProviderTlsTest {
    private static Identities identities;
    private static Provider provider;
    private static Provider withoutAuthority;

    @BeforeAll
    static void start(Scripts scripts) {
        identities = new Identities();
        provider = scripts.provider(new World().provider(identities, true));
        withoutAuthority = scripts.provider(new World().provider(identities, false));
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.close();
        }
        if (withoutAuthority != null) {
            withoutAuthority.close();
        }
    }

    @Test
    void aCertificateOfAnAuthorityGetsATokenThatIsBoundToIt() throws TokenFetchException, ParseException {
        try (OAuthClient client = client(provider, "signed", TlsClient.of(identities.client("signed")))) {
            assertThat(bound(client)).isEqualTo(print("signed"));
        }
    }

    @Test
    void aCertificateOfOnesOwnGetsATokenThatIsBoundToIt() throws TokenFetchException, ParseException {
        try (OAuthClient client = client(withoutAuthority, "alone", TlsClient.selfSigned(identities.client("alone")))) {
            assertThat(bound(client)).isEqualTo(print("alone"));
        }
    }

    @Test
    void aCertificateOfAnotherClientIsRefusedForGood() {
        try (OAuthClient client =
                client(withoutAuthority, "alone", TlsClient.selfSigned(identities.client("signed")))) {
            TokenFetchException refused = ProviderServicesTest.refused(client.clientCredentials(World.SCOPE));

            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.PERMANENT);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
    }

    private static OAuthClient client(Provider at, String id, ClientAuthentication who) {
        return OAuthClient.at(at.issuer().toString(), id, who, Peer.SETTINGS.withTls(identities.client(null)));
    }

    private static Map<String, Object> bound(OAuthClient client) throws TokenFetchException, ParseException {
        FetchedToken token =
                client.clientCredentials(World.SCOPE).resource(Peer.RESOURCE).fetch();
        return SignedJWT.parse(token.value().reveal()).getJWTClaimsSet().getJSONObjectClaim("cnf");
    }

    private static Map<String, Object> print(String name) {
        return Map.of(
                "x5t#S256",
                X509CertUtils.computeSHA256Thumbprint(identities.certificate(name))
                        .toString());
    }
}
