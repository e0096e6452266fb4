package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.client.ClientInformationResponse;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that others wrote: it makes the requests and reads the answers by its own understanding of the protocols. */
class NimbusClientTest {
    private final Office office = new Office(s -> s.clock(InstantSource.system())
            .proofNonces(ProofNoncePolicy.OFF, Duration.ofMinutes(1))
            .registrations(Registrations.open().scopes("orders.read")));
    private AuthorizationServerMetadata metadata;

    @BeforeEach
    void discover() throws Exception {
        office.server.client(Office.shop("shop"));
        office.server.client(Office.app("app"));
        office.server.client(Office.orders());
        metadata = AuthorizationServerMetadata.resolve(new Issuer(office.server.issuer()));
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private static ClientSecretBasic basic(String id) {
        return new ClientSecretBasic(new ClientID(id), new Secret("s3cret"));
    }

    private static AccessTokenResponse tokens(HTTPRequest request) throws Exception {
        HTTPResponse answer = request.send();
        TokenResponse response = TokenResponse.parse(answer);
        assertThat(response.indicatesSuccess()).as(answer.getBody()).isTrue();
        return response.toSuccessResponse();
    }

    private AuthorizationCodeGrant code(String client) {
        return new AuthorizationCodeGrant(
                new AuthorizationCode(office.code(client, "scope", "orders.read")),
                URI.create(Office.CALLBACK),
                new CodeVerifier(Office.VERIFIER));
    }

    private static RefreshToken refresh(AccessTokenResponse response) {
        return response.getTokens().getRefreshToken();
    }

    private boolean isActive(AccessToken token) throws Exception {
        HTTPResponse answer = new TokenIntrospectionRequest(
                        metadata.getIntrospectionEndpointURI(), basic("orders-service"), token)
                .toHTTPRequest()
                .send();
        return TokenIntrospectionResponse.parse(answer).toSuccessResponse().isActive();
    }

    @Test
    void discoversTheSameByBothDocuments() throws Exception {
        OIDCProviderMetadata oidc = OIDCProviderMetadata.resolve(new Issuer(office.server.issuer()));
        assertThat(oidc.getTokenEndpointURI()).isEqualTo(metadata.getTokenEndpointURI());
        assertThat(oidc.getPushedAuthorizationRequestEndpointURI()).isNotNull();
        assertThat(metadata.getDPoPJWSAlgs()).contains(JWSAlgorithm.ES256);
        assertThat(metadata.getDeviceAuthorizationEndpointURI()).isNotNull();
        assertThat(metadata.supportsAuthorizationResponseIssuerParam()).isTrue();
    }

    @Test
    void codeRefreshAndRevocation() throws Exception {
        URI endpoint = metadata.getTokenEndpointURI();
        AccessTokenResponse first = tokens(new TokenRequest.Builder(endpoint, basic("shop"), code("shop"))
                .build()
                .toHTTPRequest());
        AccessTokenResponse second =
                tokens(new TokenRequest.Builder(endpoint, basic("shop"), new RefreshTokenGrant(refresh(first)))
                        .build()
                        .toHTTPRequest());
        AccessToken access = second.getTokens().getAccessToken();
        assertThat(isActive(access)).isTrue();
        assertThat(new TokenRevocationRequest(metadata.getRevocationEndpointURI(), basic("shop"), refresh(second))
                        .toHTTPRequest()
                        .send()
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(isActive(access)).isFalse();
    }

    @Test
    void proofsByAPublicClient() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        DefaultDPoPProofFactory proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
        URI endpoint = metadata.getTokenEndpointURI();
        HTTPRequest request = new TokenRequest.Builder(endpoint, new ClientID("app"), code("app"))
                .build()
                .toHTTPRequest();
        request.setDPoP(proofs.createDPoPJWT("POST", endpoint));
        AccessTokenResponse first = tokens(request);
        assertThat(first.getTokens().getDPoPAccessToken()).isNotNull();
        HTTPRequest again = new TokenRequest.Builder(
                        endpoint, new ClientID("app"), new RefreshTokenGrant(refresh(first)))
                .build()
                .toHTTPRequest();
        again.setDPoP(proofs.createDPoPJWT("POST", endpoint));
        assertThat(tokens(again).getTokens().getDPoPAccessToken()).isNotNull();
    }

    @Test
    void anAssertionOfAClient() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        office.server.client(ClientRegistration.privateKeyJwt("signing", new JWKSet(key.toPublicJWK()).toString())
                .scopes("orders.read"));
        PrivateKeyJWT assertion = new PrivateKeyJWT(
                new ClientID("signing"), office.server.issuer(), JWSAlgorithm.ES256, key.toPrivateKey(), "1", null);
        AccessTokenResponse response =
                tokens(new TokenRequest.Builder(metadata.getTokenEndpointURI(), assertion, new ClientCredentialsGrant())
                        .scope(new Scope("orders.read"))
                        .build()
                        .toHTTPRequest());
        assertThat(response.getTokens().getAccessToken().getScope()).isEqualTo(new Scope("orders.read"));
    }

    @Test
    void anExchange() throws Exception {
        AccessTokenResponse user =
                tokens(new TokenRequest.Builder(metadata.getTokenEndpointURI(), basic("shop"), code("shop"))
                        .build()
                        .toHTTPRequest());
        AccessTokenResponse response = tokens(new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        basic("orders-service"),
                        new TokenExchangeGrant(user.getTokens().getAccessToken(), TokenTypeURI.ACCESS_TOKEN))
                .build()
                .toHTTPRequest());
        assertThat(response.getTokens().getAccessToken().getIssuedTokenType()).isEqualTo(TokenTypeURI.ACCESS_TOKEN);
        assertThat(SignedJWT.parse(response.getTokens().getAccessToken().getValue())
                        .getJWTClaimsSet()
                        .getAudience())
                .containsExactly("stock");
    }

    @Test
    void aDevice() throws Exception {
        HTTPResponse answer = new DeviceAuthorizationRequest.Builder(new ClientID("app"))
                .endpointURI(metadata.getDeviceAuthorizationEndpointURI())
                .scope(new Scope("orders.read"))
                .build()
                .toHTTPRequest()
                .send();
        var codes = DeviceAuthorizationResponse.parse(answer).toSuccessResponse();
        assertThat(codes.getInterval()).isEqualTo(5);
        assertThat(codes.getUserCode().getValue()).hasSize(9);
    }

    @Test
    void aRegistration() throws Exception {
        ClientMetadata wanted = new ClientMetadata();
        wanted.setRedirectionURIs(Set.of(URI.create(Office.CALLBACK)));
        wanted.setName("The web");
        HTTPResponse answer = new ClientRegistrationRequest(metadata.getRegistrationEndpointURI(), wanted, null)
                .toHTTPRequest()
                .send();
        ClientInformationResponse response =
                ClientRegistrationResponse.parse(answer).toSuccessResponse();
        assertThat(response.isForNewClient()).isTrue();
        assertThat(response.getClientInformation().getSecret()).isNotNull();
        assertThat(response.getClientInformation().getRegistrationAccessToken()).isNotNull();
        assertThat(response.getClientInformation().getMetadata().getName()).isEqualTo("The web");
    }
}
