package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.register.ClientSpec;
import dev.lintel.mesh.ManifestYaml;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Ory's controller reads. */
class HydraClientsTest {
    @Test
    void aServiceNamesItsSecret() {
        ClientSpec checkout = ClientSpec.service("checkout")
                .scopes("orders.read", "orders.write")
                .audiences("orders")
                .secretIn("shop/checkout-oauth");

        assertThat(ManifestYaml.write(List.of(HydraClients.manifest(checkout, "team"))))
                .contains("""
                        apiVersion: hydra.ory.sh/v1alpha1
                        kind: OAuth2Client
                        metadata:
                          name: checkout
                          namespace: shop
                        spec:
                          clientName: checkout
                          grantTypes:
                          - client_credentials
                          scopeArray:
                          - orders.read
                          - orders.write
                          audience:
                          - orders
                          tokenEndpointAuthMethod: client_secret_basic
                          accessTokenStrategy: jwt
                          secretName: checkout-oauth
                          deletionPolicy: delete
                        """);
    }

    @Test
    void aWebApplicationSaysWhereItsAnswersGo() {
        ClientSpec web = ClientSpec.webApp("web", URI.create("https://shop.example/answer"))
                .scopes("openid");

        assertThat(HydraClients.manifest(web, "shop").spec())
                .containsEntry("grantTypes", List.of("authorization_code", "refresh_token"))
                .containsEntry("responseTypes", List.of("code"))
                .containsEntry("redirectUris", List.of("https://shop.example/answer"))
                .containsEntry("secretName", "web");
        ClientSpec signs = web.signsWithKeysAt(URI.create("https://shop.example/jwks"));
        assertThat(HydraClients.manifest(signs, "shop").spec())
                .containsEntry("tokenEndpointAuthMethod", "private_key_jwt")
                .containsEntry("jwksUri", "https://shop.example/jwks");
    }

    @Test
    void whatSuchAnObjectCannotSayIsRefused() {
        assertThatThrownBy(() -> HydraClients.manifest(ClientSpec.device("tv").scopes("openid"), "shop"))
                .hasMessage("client 'tv': an OAuth2Client knows no grant urn:ietf:params:oauth:grant-type:device_code;"
                        + " register it at Hydra's own interface");
        assertThatThrownBy(() -> HydraClients.manifest(ClientSpec.service("checkout"), "shop"))
                .hasMessage(
                        "client 'checkout': an OAuth2Client is never removed from Hydra if it has no scope; say scopes(…)");
    }
}
