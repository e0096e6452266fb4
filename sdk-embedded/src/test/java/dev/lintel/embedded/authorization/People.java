package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server with users and a client that logs them in, as the tests of the front channel need it. */
final class People implements AutoCloseable {
    static final String CALLBACK = "https://app.example/callback";
    /** The example of RFC 7636, appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    final MovableClock clock = new MovableClock();
    final AuthorizationServer server = AuthorizationServer.start(s -> s.clock(clock)
            .audience("orders")
            .signingAlgorithm(SigningAlgorithm.ES256)
            .login(l -> l.passwordRounds(1_000).describe("orders.read", "See your orders")));

    People() {
        server.user("alice", Secret.of("wonderland"));
        server.user("bob", Secret.of("builder"));
        server.client(shop("shop"));
    }

    static ClientRegistration shop(String id) {
        return ClientRegistration.of(id, Secret.of("s3cret"))
                .name("The shop")
                .scopes("openid", "orders.read", "orders.write")
                .grants(GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN)
                .redirectUris(URI.create(CALLBACK))
                .postLogoutRedirectUris(URI.create("https://app.example/bye"));
    }

    Browser browser() {
        return new Browser(server);
    }

    /** The parameters of a good request, with these in addition or instead; an empty value leaves one out. */
    static Map<String, String> request(String... more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("response_type", "code");
        all.put("client_id", "shop");
        all.put("redirect_uri", CALLBACK);
        all.put("scope", "openid orders.read");
        all.put("state", "st");
        all.put("code_challenge", CHALLENGE);
        all.put("code_challenge_method", "S256");
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        return all;
    }

    static String authorize(String... more) {
        return "/authorize?" + Browser.encoded(request(more));
    }

    /** A browser in which alice is logged in and has allowed the shop what a good request asks for. */
    Browser known() {
        Browser browser = browser().open(authorize()).login("alice", "wonderland");
        return browser.away().isPresent() ? browser : browser.submit("action", "allow");
    }

    @Override
    public void close() {
        server.close();
    }
}
