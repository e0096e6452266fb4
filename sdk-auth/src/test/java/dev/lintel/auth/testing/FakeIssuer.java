package dev.lintel.auth.testing;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.FakeServer.Asked;
import dev.lintel.core.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An authorization server on loopback that publishes metadata and answers what a test sets. */
public final class FakeIssuer implements AutoCloseable {
    public static final String GOOD = "{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":60}";

    public final FakeServer server = new FakeServer();
    public final TestClock clock = new TestClock();
    private final List<OAuthClient> clients = new ArrayList<>();

    public FakeIssuer() {
        publish("");
        tokens(Answer.json(GOOD));
    }

    /** Publishes metadata, with more members, which begin with a comma. */
    public FakeIssuer publish(String more) {
        StringBuilder metadata = new StringBuilder("{\"issuer\":\"" + url() + "\"");
        Map.of(
                        "authorization_endpoint", "/authorize",
                        "token_endpoint", "/token",
                        "jwks_uri", "/jwks",
                        "registration_endpoint", "/register",
                        "introspection_endpoint", "/introspect",
                        "revocation_endpoint", "/revoke",
                        "device_authorization_endpoint", "/device")
                .forEach((name, path) -> metadata.append(",\"" + name + "\":\"" + url() + path + "\""));
        server.on("/.well-known/openid-configuration", Answer.json(metadata + more + "}"));
        return this;
    }

    public FakeIssuer tokens(Answer answer) {
        server.on("/token", answer);
        return this;
    }

    public String url() {
        return server.url();
    }

    public OAuthSettings settings() {
        return OAuthSettings.DEFAULT
                .withClock(clock)
                .withTimeout(Duration.ofSeconds(20))
                .withPause(clock::forward);
    }

    public OAuthClient client() {
        return client(ClientSecret.basic(Secret.of("s3cret")));
    }

    public OAuthClient client(ClientAuthentication who) {
        return client(who, settings());
    }

    public synchronized OAuthClient client(ClientAuthentication who, OAuthSettings settings) {
        OAuthClient client = OAuthClient.at(url(), "shop", who, settings);
        clients.add(client);
        return client;
    }

    /** What was asked at a path, in its order. */
    public List<Asked> asked(String path) {
        return server.asked().stream().filter(one -> one.path().equals(path)).toList();
    }

    /** The form of the last request to a path. */
    public Map<String, String> form(String path) {
        List<Asked> asked = asked(path);
        return parse(asked.get(asked.size() - 1).body());
    }

    public static Map<String, String> parse(String form) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] halves = pair.split("=", 2);
            String before = parsed.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
            if (before != null) {
                throw new AssertionError(halves[0] + " is there twice");
            }
        }
        return parsed;
    }

    /** The header (0) or the claims (1) of a JWT. */
    public static Map<String, Object> part(String jwt, int index) {
        try {
            return new LinkedHashMap<>(JSONObjectUtils.parse(
                    new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]), StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** An ID token for client {@code shop} and user alice, with more claims, which begin with a comma. */
    public String idToken(RSAKey key, String more) {
        return TestKeys.sign(
                key,
                "RS256",
                "{\"alg\":\"RS256\",\"kid\":\"" + key.getKeyID() + "\"}",
                "{\"iss\":\"" + url() + "\",\"sub\":\"alice\",\"aud\":\"shop\",\"iat\":" + clock.seconds() + ",\"exp\":"
                        + (clock.seconds() + 300) + more + "}");
    }

    @Override
    public synchronized void close() {
        clients.forEach(OAuthClient::close);
        server.close();
    }
}
