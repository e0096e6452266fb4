package dev.lintel.judges.client;

import dev.lintel.auth.oauth.Login;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.judges.World;
import dev.lintel.judges.browser.Browser;
import dev.lintel.judges.node.Provider;
import dev.lintel.judges.node.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** An oidc-provider of one's own, the clients that it knows as ours, and a user before a browser. */
final class Peer implements AutoCloseable {
    static final URI RESOURCE = URI.create(World.AUDIENCE);
    /** Patient, because the machine may have other things to do. */
    static final OAuthSettings SETTINGS = OAuthSettings.DEFAULT.withTimeout(Duration.ofSeconds(30));

    static final ClientAuthentication SECRET = ClientSecret.basic(Secret.of(World.SECRET));

    private final World world = new World();
    private final Provider provider;

    Peer(Scripts scripts) {
        provider = scripts.provider(world.provider());
    }

    String issuer() {
        return provider.issuer().toString();
    }

    /** The key that the provider knows as that of a client, and of the issuer of assertions. */
    SigningKey key() {
        return SigningKey.jwk(Secret.of(world.key().toJSONString()));
    }

    OAuthClient client(String id) {
        return client(id, SECRET);
    }

    OAuthClient client(String id, ClientAuthentication who) {
        return client(id, who, SETTINGS);
    }

    OAuthClient client(String id, ClientAuthentication who, OAuthSettings settings) {
        return OAuthClient.at(issuer(), id, who, settings);
    }

    /** A user who logs in and agrees. */
    static Browser user() {
        return Browser.of(Map.of("login", World.USER, "password", "any"));
    }

    /** A user who changes their mind when a device asks. */
    static Browser refuser() {
        return Browser.of(Map.of("login", World.USER, "password", "any", "abort", "yes"));
    }

    /** The whole way of a user through a web application. */
    static Login login(OAuthClient client, LoginRequest request) throws TokenFetchException {
        WebLogin login = client.webLogin(URI.create(World.REDIRECT), request);
        WebLogin.Begun begun = login.begin();
        return login.finish(begun.pending(), user().sentTo(begun.uri(), World.REDIRECT));
    }

    @Override
    public void close() {
        provider.close();
    }
}
