package dev.lintel.auth.jwt;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who logged in, as a verified ID token says (OpenID Connect Core, 2). Prints the subject alone.
 *
 * @param subject the user, by the name that the issuer never gives to another
 * @param expires until when the ID token is good
 * @param claims everything that it says
 */
public record IdToken(String subject, Instant expires, Map<String, Object> claims) {
    /** Keeps the order of the claims. */
    public IdToken {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    @Override
    public String toString() {
        return "ID token of '" + subject + "' until " + expires;
    }
}
