package dev.lintel.auth.jwt;

import dev.lintel.auth.net.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token taken apart, nothing verified yet. What its header says about keys ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) is never looked at (RFC 8725, 3.10).
 */
final class Jws {
    private static final List<String> ACCESS_TOKENS = List.of("at+jwt", "application/at+jwt", "jwt");
    /** Extensions change what is signed, or how; none of them is understood here. */
    private static final List<String> EXTENSIONS = List.of("crit", "b64", "zip", "enc");

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final byte[] signed;
    private final byte[] signature;

    private Jws(Map<String, Object> header, Map<String, Object> claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** Reads the compact form (RFC 7515, 7.1), and refuses what cannot be an access token. */
    static Jws parse(String raw) throws RefusedToken {
        Jws jws = parseAny(raw);
        jws.checkType();
        return jws;
    }

    /** Reads the compact form, whatever it is for. */
    static Jws parseAny(String raw) throws RefusedToken {
        int first = raw.indexOf('.');
        int second = raw.indexOf('.', first + 1);
        if (first < 0 || second < 0 || raw.indexOf('.', second + 1) >= 0) {
            throw malformed();
        }
        Map<String, Object> header = object(raw.substring(0, first));
        Jws jws = new Jws(
                header,
                object(raw.substring(first + 1, second)),
                raw.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                decode(raw.substring(second + 1)));
        jws.checkHeader();
        return jws;
    }

    Map<String, Object> header() {
        return header;
    }

    Map<String, Object> claims() {
        return claims;
    }

    /** The algorithm it says it is signed with; the caller decides whether that is accepted. */
    String algorithm() {
        return header.get("alg") instanceof String name ? name : "";
    }

    /** The type that it says it is, in lower case; empty if it says none. */
    String type() {
        return header.get("typ") instanceof String type ? type.toLowerCase(Locale.ROOT) : "";
    }

    @Nullable
    String keyId() {
        return header.get("kid") instanceof String kid ? kid : null;
    }

    boolean isSignedBy(VerificationKey key, Algorithm algorithm) {
        return key.verifies(algorithm, signed, signature);
    }

    private void checkHeader() throws RefusedToken {
        if (EXTENSIONS.stream().anyMatch(header::containsKey)) {
            throw RefusedToken.forever("the token's header asks for an extension");
        }
        if (header.containsKey("kid") && keyId() == null) {
            throw malformed();
        }
        if (header.get("cty") instanceof String content
                && content.toLowerCase(Locale.ROOT).endsWith("jwt")) {
            throw RefusedToken.forever("the token holds another token");
        }
    }

    private void checkType() throws RefusedToken {
        if (header.containsKey("typ")
                && !(header.get("typ") instanceof String type
                        && ACCESS_TOKENS.contains(type.toLowerCase(Locale.ROOT)))) {
            throw RefusedToken.forever("the token's type is not that of an access token");
        }
    }

    private static Map<String, Object> object(String part) throws RefusedToken {
        return StrictJson.object(decode(part)).orElseThrow(Jws::malformed);
    }

    /** Exactly one text stands for some bytes: no padding, no spare bits (RFC 4648, 3.5; RFC 7515, 2). */
    private static byte[] decode(String part) throws RefusedToken {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
            if (Arrays.equals(again, part.getBytes(StandardCharsets.US_ASCII))) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    static RefusedToken malformed() {
        return RefusedToken.forever("the token is not a well-formed JWT");
    }
}
