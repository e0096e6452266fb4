package dev.lintel.embedded.authorization;

import dev.lintel.auth.jwt.PublicKeys;
import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DPoP proofs: that who sends a request holds a key (RFC 9449, 4.3). */
final class Proofs {
    /** How old a proof may be, and how far ahead its maker's clock. */
    private static final Duration OLDEST = Duration.ofSeconds(60);

    private static final Duration AHEAD = Duration.ofSeconds(10);
    private static final int LONGEST_ID = 256;
    /** How many proofs a client that is not known to be itself, or one access token, may have remembered. */
    private static final int OF_ANYBODY = 10_000;
    /** The same for a client that has proved itself, so nobody else uses its share up. */
    private static final int OF_CLIENT = 100_000;

    private final ProofNonces nonces;
    private final SpentIds spent;
    private final InstantSource clock;
    /** Proofs from before could have been used before a restart, of which nothing is remembered. */
    private final Instant earliest;

    Proofs(ProofNonces nonces, SpentIds spent, InstantSource clock, Instant earliest) {
        this.nonces = nonces;
        this.spent = spent;
        this.clock = clock;
        this.earliest = earliest;
    }

    /** The algorithms that proofs may be signed with; none of them uses a shared secret. */
    static List<String> algorithms() {
        return SignedClaims.algorithms();
    }

    /**
     * The thumbprint of the key that a request proves.
     *
     * @param request with one header {@code DPoP}, or none
     * @param uri of the endpoint, as callers know it
     * @param client who sends the request: anybody can make keys and proofs without end, so each has a share
     * @return nothing without a proof
     * @throws OAuthError {@code invalid_dpop_proof} or {@code use_dpop_nonce}
     */
    Optional<String> thumbprint(Received request, URI uri, Client client) throws OAuthError {
        int most = client.method() == ClientMethod.NONE ? OF_ANYBODY : OF_CLIENT;
        return checked(request, uri, null, new SpentIds.Share("client " + client.id(), most));
    }

    /**
     * The same for a request that carries an access token, whose hash must be in the proof (RFC 9449, 7).
     *
     * @param accessToken the token that the request carries
     */
    Optional<String> thumbprint(Received request, URI uri, String accessToken) throws OAuthError {
        SpentIds.Share share = new SpentIds.Share("token " + hash(accessToken), OF_ANYBODY);
        return checked(request, uri, accessToken, share);
    }

    /** Tells the nonce that the next proof needs, where there are nonces and the caller makes proofs. */
    Reply withNonce(Received request, Reply reply) {
        boolean wanted = nonces.policy() != ProofNoncePolicy.OFF
                && !request.header("DPoP").isEmpty();
        return wanted ? reply.header("DPoP-Nonce", nonces.current()) : reply;
    }

    private Optional<String> checked(Received request, URI uri, @Nullable String accessToken, SpentIds.Share share)
            throws OAuthError {
        List<String> headers = request.header("DPoP");
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1) {
            throw bad("there must be one proof only");
        }
        SignedClaims proof =
                SignedClaims.parse(headers.get(0)).orElseThrow(() -> bad("the proof is not a well-formed JWT"));
        PublicKeys key = key(proof);
        Map<String, Object> claims = proof.claims();
        if (!request.method().equals(claims.get("htm"))) {
            throw bad("htm is not the method of this request");
        }
        if (!(claims.get("htu") instanceof String target) || !isSame(uri, target)) {
            throw bad("htu is not the address of this endpoint");
        }
        if (accessToken != null && !hash(accessToken).equals(claims.get("ath"))) {
            throw bad("ath is not the hash of the access token");
        }
        Instant made = time(claims);
        checkNonce(claims.get("nonce"));
        String thumbprint = key.thumbprint();
        String id = id(claims);
        if (!spent.isFirst("proof " + thumbprint, id, made.plus(OLDEST).plus(AHEAD), share)) {
            throw bad("the proof has been used before");
        }
        return Optional.of(thumbprint);
    }

    private static PublicKeys key(SignedClaims proof) throws OAuthError {
        if (!(proof.header().get("typ") instanceof String type)
                || !type.toLowerCase(Locale.ROOT).equals("dpop+jwt")) {
            throw bad("the type of a proof is dpop+jwt");
        }
        PublicKeys key = proof.header().get("jwk") instanceof Map<?, ?> members
                ? PublicKeys.of(members).orElse(null)
                : null;
        if (key == null) {
            throw bad("the header jwk must be a public key for signatures: RSA of 2048 bits or more, EC, or Ed25519");
        }
        if (!proof.isSignedBy(key)) {
            throw bad("the proof is not signed by its key");
        }
        return key;
    }

    private Instant time(Map<String, Object> claims) throws OAuthError {
        Instant now = clock.instant();
        Instant made = Assertions.time(claims, "iat").orElseThrow(() -> bad("iat is missing or not a time"));
        if (made.isBefore(now.minus(OLDEST)) || made.isAfter(now.plus(AHEAD)) || made.isBefore(earliest)) {
            throw bad("iat is too long ago or ahead: a proof is good for a minute, check the clock");
        }
        return made;
    }

    private void checkNonce(@Nullable Object nonce) throws OAuthError {
        boolean good = nonce instanceof String text && nonces.isGood(text);
        boolean needed = nonces.policy() == ProofNoncePolicy.REQUIRED
                || nonces.policy() == ProofNoncePolicy.OPTIONAL && nonce != null;
        if (needed && !good) {
            throw OAuthError.of(ErrorCode.USE_DPOP_NONCE, "the proof must carry the nonce of the header DPoP-Nonce");
        }
    }

    private static String id(Map<String, Object> claims) throws OAuthError {
        if (claims.get("jti") instanceof String id && !id.isEmpty() && id.length() <= LONGEST_ID) {
            return id;
        }
        throw bad("jti must be 1 to " + LONGEST_ID + " characters");
    }

    /** RFC 9449, 4.3: compared without query and fragment, after normalization of scheme, host and port. */
    private static boolean isSame(URI uri, String target) {
        try {
            URI said = new URI(target);
            return said.getHost() != null
                    && said.getRawQuery() == null
                    && said.getRawFragment() == null
                    && said.getRawUserInfo() == null
                    && uri.getScheme().equalsIgnoreCase(said.getScheme())
                    && uri.getHost().equalsIgnoreCase(said.getHost())
                    && port(uri) == port(said)
                    && uri.getRawPath().equals(said.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return Issuers.isHttps(uri) ? 443 : 80;
    }

    private static String hash(String accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static OAuthError bad(String description) {
        return OAuthError.of(ErrorCode.INVALID_DPOP_PROOF, description);
    }
}
