package dev.lintel.auth.jwt;

import dev.lintel.core.evaluate.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token, their forms and times checked; audience and scopes are judged by the evaluator.
 *
 * @param token what the evaluator is given, if the signature is good
 * @param from from when the token is good, in milliseconds, the skew allowed for
 * @param until until when, exclusive
 */
record AccessClaims(Token.Verified token, long from, long until) {
    /** The last second of the year 9999; what lies beyond is a mistake in the issuer's unit. */
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    static AccessClaims read(Map<String, Object> claims, long now, long skew) throws RefusedToken {
        if (claims.containsKey("at_hash") || claims.containsKey("c_hash")) {
            throw RefusedToken.forever("the token is an ID token");
        }
        Long expires = time(claims, "exp");
        if (expires == null) {
            throw RefusedToken.forever("the token has no 'exp'");
        }
        if (now >= expires + skew) {
            throw RefusedToken.forever("the token has expired");
        }
        Long notBefore = time(claims, "nbf");
        if (notBefore != null && now < notBefore - skew) {
            throw RefusedToken.fornow("the token is not valid yet");
        }
        Long issued = time(claims, "iat");
        if (issued != null && now < issued - skew) {
            throw RefusedToken.fornow("the token was issued in the future");
        }
        if (issued != null && issued > expires) {
            throw RefusedToken.forever("the token expired before it was issued");
        }
        long from = Math.max(notBefore == null ? Long.MIN_VALUE : notBefore, issued == null ? Long.MIN_VALUE : issued);
        return new AccessClaims(
                new Token.Verified(
                        issuer(claims), text(claims, "sub"), list(claims, "aud"), scopes(claims), withoutNulls(claims)),
                from == Long.MIN_VALUE ? from : from - skew,
                expires + skew);
    }

    boolean isGoodAt(long now) {
        return from <= now && now < until;
    }

    static String issuer(Map<String, Object> claims) throws RefusedToken {
        String issuer = text(claims, "iss");
        if (issuer == null) {
            throw RefusedToken.forever("the token has no 'iss'");
        }
        return issuer;
    }

    static @Nullable String text(Map<String, Object> claims, String name) throws RefusedToken {
        Object value = claims.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw malformed(name);
    }

    /** A time in seconds, possibly with a fraction (RFC 7519, 2), as milliseconds. */
    static @Nullable Long time(Map<String, Object> claims, String name) throws RefusedToken {
        Object value = claims.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number)) {
            throw malformed(name);
        }
        try {
            BigDecimal seconds = new BigDecimal(value.toString());
            if (seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
                throw malformed(name);
            }
            return seconds.movePointRight(3).longValue();
        } catch (NumberFormatException e) {
            throw malformed(name);
        }
    }

    static List<String> list(Map<String, Object> claims, String name) throws RefusedToken {
        Object value = claims.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        if (!(value instanceof List<?> several)) {
            throw malformed(name);
        }
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            if (!(one instanceof String text)) {
                throw malformed(name);
            }
            texts.add(text);
        }
        return texts;
    }

    /** One string with spaces between (RFC 8693, 4.2), or a list, as some issuers write it. */
    private static List<String> scopes(Map<String, Object> claims) throws RefusedToken {
        if (claims.get("scope") instanceof String text) {
            List<String> scopes = new ArrayList<>(List.of(text.split(" ", -1)));
            scopes.removeIf(String::isEmpty);
            return scopes;
        }
        return list(claims, "scope");
    }

    static Map<String, Object> withoutNulls(Map<String, Object> claims) {
        Map<String, Object> present = new LinkedHashMap<>(claims);
        present.values().removeIf(value -> value == null);
        return present;
    }

    private static RefusedToken malformed(String name) {
        return RefusedToken.forever("the token's '" + name + "' is malformed");
    }
}
