package dev.lintel.auth.register;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A client as it should be registered, and what it is not allowed to be. */
class ClientSpecTest {
    static ApiDefinition api(String name, OAuth2 access) {
        return new ApiDefinition(
                ServiceRef.service(name),
                "shop",
                List.of(new ApiDefinition.Said(access, Origin.unknown())),
                Origin.unknown());
    }

    private static final OAuth2 ACCESS =
            oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.write", "orders.read");

    @Test
    void aClientMayAskForAllThatItsApisAskFor() {
        ClientSpec client = ClientSpec.service("shop")
                .calls(api("orders", ACCESS))
                .calls(api(
                        "stock", oauth2("https://id.example").audience("stock").scope("/**", "stock.read")));

        assertThat(client.facts().text()).isEqualTo("""
                grants:
                  client_credentials
                scopes:
                  orders.read
                  orders.write
                  stock.read
                audiences:
                  orders
                  stock
                authenticates by client_secret_basic
                access tokens are jwt
                """);
        assertThat(client.issuers()).containsExactly("https://id.example");
    }

    @Test
    void theOrderOfSayingMakesNoDifference() {
        assertThat(ClientSpec.service("shop").scopes("b", "a").audiences("y", "x"))
                .isEqualTo(ClientSpec.service("shop")
                        .audiences("x")
                        .scopes("a")
                        .audiences("y")
                        .scopes("b"))
                .hasToString("ClientSpec[id=shop, grants=[CLIENT_CREDENTIALS], scopes=[a, b], audiences=[x, y],"
                        + " redirects=[], proof=CLIENT_SECRET_BASIC, keys=null, issuers=[], place=null]");
    }

    @Test
    void theKindsOfClientsDifferInGrantsAndProof() {
        URI answer = URI.create("https://shop.example/answer");

        assertThat(ClientSpec.webApp("web", answer).facts().text()).isEqualTo("""
                grants:
                  authorization_code
                  refresh_token
                redirects:
                  https://shop.example/answer
                authenticates by client_secret_basic
                access tokens are jwt
                """);
        assertThat(ClientSpec.publicApp("cli", URI.create("com.example.app:/answer"))
                        .proof())
                .isEqualTo(ClientProof.NONE);
        assertThat(ClientSpec.device("tv").facts().grants())
                .containsExactly("refresh_token", "urn:ietf:params:oauth:grant-type:device_code");
        assertThat(ClientSpec.service("shop")
                        .signsWithKeysAt(URI.create("https://shop.example/jwks"))
                        .facts()
                        .text())
                .contains("authenticates by private_key_jwt\nkeys at https://shop.example/jwks\n");
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNotFitIsRefused() {
        URI answer = URI.create("https://shop.example/answer");
        Map<String, ThrowingCallable> refused = new LinkedHashMap<>();
        refused.put(
                "a client's id must begin with a letter or a digit and have only those and '.', '_', ':', '-', at most 128,"
                        + " but was '../shop'",
                () -> ClientSpec.service("../shop"));
        refused.put(
                "client 'shop': a scope must be visible ASCII without spaces, quotes and backslashes (RFC 6749, 3.3), but"
                        + " was 'a b'",
                () -> ClientSpec.service("shop").scopes("a b"));
        refused.put(
                "client 'shop': authorization_code needs an address for the answer; say redirects(…)",
                () -> ClientSpec.service("shop").grants(ClientGrant.AUTHORIZATION_CODE));
        refused.put(
                "client 'shop': redirects are for authorization_code only; say grants(AUTHORIZATION_CODE) as well",
                () -> ClientSpec.service("shop").redirects(answer));
        refused.put(
                "client 'shop': refresh_token follows a login; say grants(AUTHORIZATION_CODE) or grants(DEVICE_CODE) as well",
                () -> ClientSpec.service("shop").grants(ClientGrant.REFRESH_TOKEN));
        refused.put(
                "client 'shop': client_credentials are for clients that prove who they are (RFC 6749, 4.4); say provesBy(…)",
                () -> ClientSpec.service("shop").provesBy(ClientProof.NONE));
        refused.put(
                "client 'shop': private_key_jwt needs the address of the keys, and nothing else does; say"
                        + " signsWithKeysAt(…)",
                () -> ClientSpec.service("shop").provesBy(ClientProof.PRIVATE_KEY_JWT));
        refused.put(
                "the address of the keys of client 'shop' must be https, because anybody on the way could forge what plain"
                        + " http brings; only loopback is excepted, but was 'http://shop.example/jwks'",
                () -> ClientSpec.service("shop").signsWithKeysAt(URI.create("http://shop.example/jwks")));
        refused.put(
                "client 'Shop.1': its id names the place of its secret as well, so it must be a DNS label: lower-case letters,"
                        + " digits and '-', at most 63; or say secretIn(…)",
                () -> ClientSpec.service("Shop.1"));
        for (String redirect :
                List.of("http://shop.example/", "shop:/answer", "https://shop.example/#here", "/answer")) {
            refused.put(
                    "client 'web': a redirect must be https, http on loopback or a scheme with a dot (RFC 8252, 7), without"
                            + " fragment and user, but was '" + redirect + "'",
                    () -> ClientSpec.webApp("web", URI.create(redirect)));
        }
        refused.put(
                "client 'shop': 'stock.shop' accepts tokens of [https://other.example], and what it called before those of"
                        + " [https://id.example] only; register one client for each issuer",
                () -> ClientSpec.service("shop")
                        .calls(api("orders", ACCESS))
                        .calls(api("stock", oauth2("https://other.example"))));
        return refused.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(), () -> assertThatThrownBy(one.getValue()).hasMessage(one.getKey())));
    }
}
