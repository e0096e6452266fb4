package dev.lintel.auth.oauth.credential;

import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.ProofOfPossession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key that tokens are bound to (RFC 9449): makes a proof for each request, and remembers the last nonce of each origin,
 * of at most 256. Safe for use by many threads. Keep the key for as long as a refresh token that is bound to it.
 */
public final class DPoPKey implements ProofOfPossession {
    /** RFC 9449, 8.1. */
    private static final Pattern NONCE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}");

    private static final int MOST_ORIGINS = 256;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final Map<String, Object> header;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, String> nonces = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_ORIGINS;
        }
    };
    private volatile long ahead;

    private DPoPKey(SigningKey key, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.clock = clock;
        this.random = random;
        Map<String, Object> members = new LinkedHashMap<>(key.publicJwk());
        members.keySet().retainAll(List.of("kty", "crv", "x", "y", "n", "e"));
        Map<String, Object> fixed = new LinkedHashMap<>();
        fixed.put("typ", "dpop+jwt");
        fixed.put("jwk", members);
        this.header = fixed;
    }

    /**
     * A new key of the kind that every server knows, ES256.
     *
     * @return a key that no token is bound to yet
     */
    public static DPoPKey generate() {
        return of(SigningKey.generate(SigningAlgorithm.ES256));
    }

    /**
     * A key that is there.
     *
     * @param key what signs
     * @return a key with no nonces yet
     */
    public static DPoPKey of(SigningKey key) {
        return of(key, InstantSource.system(), new SecureRandom());
    }

    /**
     * A key that is there, with a clock and a source of randomness from outside.
     *
     * @param key what signs
     * @param clock what time it is here
     * @param random for the {@code jti}
     * @return a key with no nonces yet
     */
    public static DPoPKey of(SigningKey key, InstantSource clock, RandomGenerator random) {
        return new DPoPKey(key, clock, random);
    }

    /**
     * What signs.
     *
     * @return for keeping it
     */
    public SigningKey key() {
        return key;
    }

    /**
     * The thumbprint that tokens carry as {@code cnf.jkt} (RFC 9449, 6.1).
     *
     * @return SHA-256 in base64url
     */
    public String thumbprint() {
        return key.thumbprint();
    }

    /**
     * Tells how far the server's clock is ahead of this machine's, which the {@code iat} of proofs allows for.
     *
     * @param difference negative if it is behind
     */
    public void clockAhead(Duration difference) {
        ahead = difference.toMillis();
    }

    /**
     * A proof for a request that carries no access token, as to a token endpoint.
     *
     * @param method of the request
     * @param uri of the request
     * @return the value of the header {@code DPoP}; used once
     */
    public String proof(String method, URI uri) {
        return sign(method, uri, null);
    }

    @Override
    public String proof(String method, URI uri, AccessToken token) {
        return sign(method, uri, token);
    }

    @Override
    public boolean nonce(URI uri, String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            return false;
        }
        synchronized (nonces) {
            return !nonce.equals(nonces.put(origin(uri), nonce));
        }
    }

    @Override
    public boolean nonce(URI uri, String nonce, String proof) {
        if (!NONCE.matcher(nonce).matches()) {
            return false;
        }
        return nonce(uri, nonce) || !carries(proof, nonce);
    }

    private String sign(String method, URI uri, @Nullable AccessToken token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", Randoms.text(random, 16));
        claims.put("htm", method);
        claims.put("htu", target(uri));
        claims.put("iat", clock.instant().plusMillis(ahead).getEpochSecond());
        if (token != null) {
            claims.put("ath", hash(token.value().reveal()));
        }
        synchronized (nonces) {
            String nonce = nonces.get(origin(uri));
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
        }
        return key.sign(header, claims).reveal();
    }

    /** Another thread may have been told the same nonce meanwhile: what counts is what this proof was made with. */
    private static boolean carries(String proof, String nonce) {
        String[] parts = proof.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return claims.contains("\"nonce\":\"" + nonce + "\"");
    }

    /** Scheme and host in lower case, no port that goes without saying, no query, no fragment (RFC 9449, 4.2 and 4.3). */
    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return origin(uri) + path;
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }

    private static String hash(String token) {
        try {
            return BASE64URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "DPoP key " + thumbprint();
    }
}
