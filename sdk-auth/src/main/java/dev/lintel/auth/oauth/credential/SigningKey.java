package dev.lintel.auth.oauth.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A private key that signs JWTs (RFC 7515); prints its name and algorithm alone. */
public final class SigningKey {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningAlgorithm algorithm;
    private final PrivateKey key;
    private final JWK jwk;

    private SigningKey(SigningAlgorithm algorithm, PrivateKey key, JWK jwk) {
        this.algorithm = algorithm;
        this.key = key;
        this.jwk = jwk;
    }

    /**
     * A new key.
     *
     * @param algorithm what it signs with; {@link SigningAlgorithm#ES256} if in doubt
     * @return a key without an id
     */
    public static SigningKey generate(SigningAlgorithm algorithm) {
        try {
            return of(KeyForms.generate(algorithm), algorithm, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no keys for " + algorithm);
        }
    }

    /**
     * A key of the JVM, also one in a hardware module.
     *
     * @param pair EC, RSA (2048 bits or more) or Ed25519
     * @param algorithm what it signs with
     * @param keyId its name at the server; null for none
     * @return the key
     * @throws IllegalArgumentException if the key is not for the algorithm
     */
    public static SigningKey of(KeyPair pair, SigningAlgorithm algorithm, @Nullable String keyId) {
        JWK jwk = KeyForms.jwk(pair, keyId);
        if (!KeyForms.fits(jwk, algorithm)) {
            throw new IllegalArgumentException("a key for " + algorithm + " must be of its kind, and an RSA key of at"
                    + " least 2048 bits, but was of type " + jwk.getKeyType());
        }
        return new SigningKey(algorithm, pair.getPrivate(), jwk);
    }

    /**
     * A private JSON Web Key (RFC 7517). Its {@code alg} says what it signs with; without, it is the usual algorithm of
     * its kind: ES256, ES384, EdDSA or RS256.
     *
     * @param json the key
     * @return the key, with its {@code kid} if it has one
     * @throws IllegalArgumentException if it is no private key that signs; the message does not quote it
     */
    public static SigningKey jwk(Secret json) {
        try {
            JWK jwk = JWK.parse(json.reveal());
            if (!jwk.isPrivate()) {
                throw new IllegalArgumentException("a signing key must have its private part");
            }
            return new SigningKey(KeyForms.algorithm(jwk), KeyForms.privateKey(jwk), jwk);
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalArgumentException("a signing key must be a JSON Web Key of EC, RSA or Ed25519");
        }
    }

    /**
     * What it signs with.
     *
     * @return the algorithm
     */
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Its name at the server.
     *
     * @return null if it has none
     */
    public @Nullable String keyId() {
        return jwk.getKeyID();
    }

    /**
     * Its public part, for a registration or a key set.
     *
     * @return the members of a JSON Web Key
     */
    public Map<String, Object> publicJwk() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(jwk.toPublicJWK().toJSONObject()));
    }

    /**
     * The whole key, for keeping it beside refresh tokens that are bound to it.
     *
     * @return a private JSON Web Key; not possible for a key in a hardware module
     */
    public Secret privateJwk() {
        return Secret.of(jwk.toJSONString());
    }

    /**
     * The thumbprint of its public part (RFC 7638).
     *
     * @return SHA-256 in base64url
     */
    public String thumbprint() {
        try {
            return jwk.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JVM has SHA-256");
        }
    }

    /**
     * Signs a JWT.
     *
     * @param header {@code alg}, and {@code kid} if the key has one, are added in front
     * @param claims as they are to stand in it
     * @return the compact form
     */
    public Secret sign(Map<String, ?> header, Map<String, ?> claims) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("alg", algorithm.name());
        if (keyId() != null) {
            whole.put("kid", keyId());
        }
        whole.putAll(header);
        String signed = part(whole) + "." + part(claims);
        try {
            Signature signature = algorithm.signature();
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return Secret.of(signed + "." + BASE64URL.encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + this + " cannot sign");
        }
    }

    private static String part(Map<String, ?> members) {
        return BASE64URL.encodeToString(StrictJson.write(members).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return algorithm + " key" + (keyId() == null ? "" : " '" + keyId() + "'");
    }
}
