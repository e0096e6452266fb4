package dev.lintel.auth.oauth.credential;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JWT that the client signs anew for each request, good for a minute (RFC 7523, 2.2; OpenID Connect Core, 9). Its audience
 * is the issuer alone and its type is said, so that no other server can be made to take it.
 *
 * @param key what signs
 * @param toTokenEndpoint whether the audience is the token endpoint instead of the issuer
 * @param typed whether the header says {@code typ: client-authentication+jwt}
 */
public record PrivateKeyJwt(SigningKey key, boolean toTokenEndpoint, boolean typed) implements ClientAuthentication {
    /** The type of assertions that are JWTs (RFC 7523, 2.2). */
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /**
     * Assertions that a key signs, with the issuer as audience.
     *
     * @param key the private half of a key that the server knows for this client
     * @return {@code private_key_jwt}
     */
    public static PrivateKeyJwt of(SigningKey key) {
        return new PrivateKeyJwt(key, false, true);
    }

    /**
     * The same with the token endpoint as audience, for servers that refuse their issuer there. Only for a server whose
     * metadata is trusted: one that is made to name another's endpoint could use the assertion there.
     *
     * @return a new credential
     */
    public PrivateKeyJwt forTokenEndpoint() {
        return new PrivateKeyJwt(key, true, typed);
    }

    /**
     * The same without a type in its header, for servers that refuse types that they do not know.
     *
     * @return a new credential
     */
    public PrivateKeyJwt untyped() {
        return new PrivateKeyJwt(key, toTokenEndpoint, false);
    }

    @Override
    public String method() {
        return "private_key_jwt";
    }

    @Override
    public Credentials credentials(Asking asking) {
        long now = asking.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", asking.clientId());
        claims.put("sub", asking.clientId());
        claims.put("aud", toTokenEndpoint ? asking.tokenEndpoint().toString() : asking.issuer());
        claims.put("jti", Randoms.text(asking.random(), 16));
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        Secret assertion = key.sign(typed ? Map.of("typ", "client-authentication+jwt") : Map.of(), claims);
        return Credentials.assertion(asking.clientId(), ASSERTION_TYPE, assertion);
    }
}
