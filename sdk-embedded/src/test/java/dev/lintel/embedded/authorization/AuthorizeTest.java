package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static dev.lintel.embedded.authorization.People.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may ask for, and who is told when they may not. */
class AuthorizeTest {
    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    @Test
    void aUserLogsInAllowsAndIsSentBackWithACode() {
        Browser browser = people.browser().open(authorize());
        assertThat(browser.text()).isEqualTo("Log in to continue to The shop User name Password Log in Cancel");
        browser.login("alice", "wonderland");
        assertThat(browser.text())
                .isEqualTo("Allow The shop? It asks for access to your account alice : Know who you are openid"
                        + " See your orders orders.read Either way you are sent back to app.example."
                        + " Allow Deny Use another account");
        browser.submit("action", "allow");
        assertThat(browser.status()).isEqualTo(303);
        assertThat(browser.told())
                .containsOnlyKeys("code", "state", "iss")
                .containsEntry("state", "st")
                .containsEntry("iss", people.server.issuer().toString());
        assertThat(browser.told("code")).matches("[A-Za-z0-9_-]{43}");
        assertThat(browser.away().orElseThrow().toString()).startsWith(People.CALLBACK + "?code=");
    }

    @Test
    void aRequestMayBePosted() {
        assertThat(people.browser().post("/authorize", request()).title()).isEqualTo("Log in");
        assertThat(people.browser().post("/authorize?a=b", request()).text())
                .contains("parameters belong into the body, not behind the path");
    }

    /** Nobody is sent anywhere as long as it is not known that the client wants that. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client_id|''|the parameter client_id is missing",
                "client_id|nobody|client_id is not that of a client of this server",
                "redirect_uri|''|the parameter redirect_uri is missing",
                "redirect_uri|https://evil.example/|redirect_uri is not one that is registered for this client",
                "redirect_uri|https://app.example/callback/|redirect_uri is not one that is registered for this client",
                "redirect_uri|https://app.example/callback?a=b|redirect_uri is not one that is registered",
                "redirect_uri|https://app.example/callback#a|redirect_uri is not one that is registered",
                "redirect_uri|https://app.example:444/callback|redirect_uri is not one that is registered",
                "redirect_uri|https://app.example/x/../callback|redirect_uri is not one that is registered",
                "redirect_uri|https://app.example/%63allback|redirect_uri is not one that is registered",
                "redirect_uri|https://APP.example/callback|redirect_uri is not one that is registered",
                "redirect_uri|https://app.example@evil.example/callback|redirect_uri is not one that is registered",
                "redirect_uri|http://app.example/callback|redirect_uri is not one that is registered",
                "redirect_uri|javascript:alert(1)|redirect_uri is not one that is registered",
                "redirect_uri|//app.example/callback|redirect_uri is not one that is registered",
                "redirect_uri|not a uri|redirect_uri is not one that is registered",
                "request_uri|https://evil.example/|request_uri is not one that this client has pushed",
                "request_uri|urn:ietf:params:oauth:request_uri:x|request_uri is not one that this client has pushed",
            })
    void whereTheAnswerGoesIsCheckedFirst(String name, String value, String problem) {
        Browser browser = people.browser().open(authorize(name, value));
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.away()).isEmpty();
        assertThat(browser.title()).isEqualTo("This request cannot be answered");
        assertThat(browser.text()).contains("has made a mistake: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_id=other", "redirect_uri=https%3A%2F%2Fevil.example%2F", "state=other", "nonce=a&nonce=b"
            })
    void aParameterThatComesTwiceIsShownToTheUserAlone(String twice) {
        Browser browser = people.browser().open(authorize() + "&" + twice);
        assertThat(browser.away()).isEmpty();
        assertThat(browser.text()).contains("a parameter is given more than once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response_type|''|invalid_request|the parameter response_type is missing",
                "response_type|token|unsupported_response_type|response_type must be code",
                "response_type|code id_token|unsupported_response_type|response_type must be code",
                "response_mode|fragment|invalid_request|response_mode must be query",
                "response_mode|form_post|invalid_request|response_mode must be query",
                "code_challenge|''|invalid_request|the parameter code_challenge is missing",
                "code_challenge|short|invalid_request|code_challenge must be the base64url SHA-256 of the verifier",
                "code_challenge_method|''|invalid_request|code_challenge_method must be S256",
                "code_challenge_method|plain|invalid_request|code_challenge_method must be S256",
                "code_challenge_method|s256|invalid_request|code_challenge_method must be S256",
                "scope|admin|invalid_scope|scope 'admin' is not allowed for this client",
                "scope|a  b|invalid_scope|scope must be values separated by single spaces",
                "prompt|none login|invalid_request|prompt none must stand alone",
                "prompt|create|invalid_request|prompt must be none, or some of login, consent and select_account",
                "max_age|-1|invalid_request|max_age must be a number of seconds",
                "max_age|soon|invalid_request|max_age must be a number of seconds",
                "dpop_jkt|key|invalid_request|dpop_jkt must be the base64url SHA-256 thumbprint of a key",
                "resource|https://evil.example/|invalid_target|an audience or resource that is asked for is not allowed for this client",
                "request|e30.e30.|request_not_supported|request objects are not supported: push the request",
                "id_token_hint|e30.e30.|invalid_request|id_token_hint is not an ID token of this server",
                "prompt|none|login_required|the user is not logged in as asked for",
            })
    void theClientIsToldWhatIsWrong(String name, String value, String error, String description) {
        Browser browser = people.browser().open(authorize(name, value));
        assertThat(browser.status()).isEqualTo(303);
        assertThat(browser.away().orElseThrow().toString()).startsWith(People.CALLBACK + "?error=" + error + "&");
        assertThat(browser.told())
                .containsExactly(
                        Map.entry("error", error),
                        Map.entry("error_description", description),
                        Map.entry("state", "st"),
                        Map.entry("iss", people.server.issuer().toString()));
    }

    @Test
    void aStateThatIsTooLongIsNotSentBack() {
        Browser browser = people.browser().open(authorize("state", "s".repeat(1_001)));
        assertThat(browser.away()).isEmpty();
        assertThat(browser.text()).contains("state must have at most 1000 characters");
        assertThat(people.browser().open(authorize("nonce", "n".repeat(1_001))).told("error_description"))
                .isEqualTo("nonce must have at most 1000 characters");
    }

    @Test
    void aStateComesBackAsItWas() {
        String state = "a&b=c#d \"<é>+%20";
        assertThat(people.known().open(authorize("state", state)).told()).containsEntry("state", state);
        assertThat(people.known().open(authorize("state", "")).told()).doesNotContainKey("state");
    }

    @Test
    void aClientWithoutTheGrantIsRefused() {
        people.server.client(People.shop("batch").grants(GrantTypes.CLIENT_CREDENTIALS));
        assertThat(people.browser().open(authorize("client_id", "batch")).told())
                .containsEntry("error", "unauthorized_client")
                .containsEntry("error_description", "this client may not use the authorization code grant");
    }

    @Test
    void aRedirectUriKeepsItsOwnParameters() {
        people.server.client(People.shop("web")
                .redirectUris(URI.create("https://app.example/cb?tenant=1"))
                .firstParty());
        Browser browser =
                people.known().open(authorize("client_id", "web", "redirect_uri", "https://app.example/cb?tenant=1"));
        assertThat(browser.away().orElseThrow().toString()).startsWith("https://app.example/cb?tenant=1&code=");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/cb,http://127.0.0.1:51234/cb,true",
        "http://127.0.0.1:1/cb,http://127.0.0.1/cb,true",
        "http://[::1]/cb,http://[::1]:51234/cb,true",
        "http://127.0.0.1/cb,http://127.0.0.1:51234/other,false",
        "http://127.0.0.1/cb,http://127.0.0.1:51234/cb?a=b,false",
        "http://127.0.0.1/cb,http://[::1]:51234/cb,false",
        "http://127.0.0.1/cb,http://127.0.0.1:51234/cb#a,false",
        "http://127.0.0.1/cb,http://me@127.0.0.1:51234/cb,false",
        "http://127.0.0.1/cb,https://127.0.0.1:51234/cb,false",
        "http://127.0.0.1/cb,http://127.0.0.1.evil.example:51234/cb,false",
        "http://localhost/cb,http://localhost:51234/cb,false",
        "http://localhost/cb,http://127.0.0.1/cb,false",
        "com.example.app:/cb,com.example.app:/cb,true",
        "com.example.app:/cb,com.example.app:/cb2,false",
    })
    void onlyThePortOfALoopbackAddressMayDiffer(String registered, String asked, boolean allowed) {
        people.server.client(ClientRegistration.publicClient("native", URI.create(registered))
                .scopes("orders.read"));
        Browser browser =
                people.browser().open(authorize("client_id", "native", "redirect_uri", asked, "scope", "orders.read"));
        assertThat(browser.title()).isEqualTo(allowed ? "Log in" : "This request cannot be answered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/cb",
                "https://app.example/cb#a",
                "https://me@app.example/cb",
                "javascript:alert(1)",
                "data:text/html,x",
                "app:/cb",
                "com.example.app:cb",
                "/cb",
                "http://127.evil.example/cb"
            })
    void aRedirectUriThatCannotBeTrustedIsNotRegistered(String uri) {
        ClientRegistration client = ClientRegistration.of("shop", Secret.of("s"));
        String problem = "client 'shop': a redirect URI must be https://host…, http only for loopback, or have a scheme"
                + " with a dot like com.example.app:/…, all without user and fragment, but was '" + uri + "'";
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> client.redirectUris(URI.create(uri)))
                .withMessage(problem);
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> client.postLogoutRedirectUris(URI.create(uri)))
                .withMessage(problem);
    }

    @Test
    void whoIsNotAskedForScopesMayHaveAllOfTheClient() {
        Browser browser = people.browser().open(authorize("scope", "")).login("alice", "wonderland");
        assertThat(browser.text()).contains("openid", "orders.read", "orders.write");
    }
}
