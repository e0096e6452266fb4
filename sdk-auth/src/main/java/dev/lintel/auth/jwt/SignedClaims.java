package dev.lintel.auth.jwt;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signed JWT taken apart, whatever it is for: an assertion, a proof, an ID token. Reading it is as strict as for access
 * tokens (canonical base64url, no JSON key twice, no extensions); what its claims mean is the reader's to judge, and none
 * of it may be believed before {@link #isSignedBy}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
public final class SignedClaims {
    private static final int LONGEST = 16 * 1024;

    private final Jws jws;

    private SignedClaims(Jws jws) {
        this.jws = jws;
    }

    /**
     * Reads the compact form (RFC 7515, 7.1).
     *
     * @param raw at most 16 KiB
     * @return empty if it is not a well-formed JWT without extensions
     */
    public static Optional<SignedClaims> parse(String raw) {
        if (raw.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SignedClaims(Jws.parseAny(raw)));
        } catch (RefusedToken e) {
            // Why is of no use to anybody, and could quote what was sent.
            return Optional.empty();
        }
    }

    /**
     * The algorithms that can be verified; none of them uses a shared secret.
     *
     * @return their names (RFC 7518, 3.1)
     */
    public static List<String> algorithms() {
        return Stream.of(Algorithm.values()).map(Algorithm::name).toList();
    }

    /**
     * Its header.
     *
     * @return the members, unchangeable
     */
    public Map<String, Object> header() {
        return Collections.unmodifiableMap(jws.header());
    }

    /**
     * What it claims.
     *
     * @return the members, unchangeable
     */
    public Map<String, Object> claims() {
        return Collections.unmodifiableMap(jws.claims());
    }

    /**
     * Whether one of these keys signed it, with the kind of algorithm that goes with the key. Where the header names a
     * key ({@code kid}), only keys of that name and keys without a name are tried.
     *
     * @param keys of who is said to have signed
     * @return false also if the algorithm is not one that can be verified
     */
    public boolean isSignedBy(PublicKeys keys) {
        return Algorithm.named(jws.algorithm()).stream()
                .anyMatch(algorithm -> keys.set().candidates(algorithm, jws.keyId()).stream()
                        .anyMatch(key -> jws.isSignedBy(key, algorithm)));
    }

    /** That it is one, not what is in it. */
    @Override
    public String toString() {
        return "a signed JWT";
    }
}
