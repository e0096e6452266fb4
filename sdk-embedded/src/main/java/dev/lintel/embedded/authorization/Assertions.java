package dev.lintel.embedded.authorization;

import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.embedded.authorization.keys.ClientKeys;
import dev.lintel.embedded.authorization.keys.RemoteKeys;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signed statements of others (RFC 7523, 3): by clients about themselves, by issuers about users. Each is for this server
 * alone, good for a short time, and good once.
 */
final class Assertions {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_ID = 256;
    /** The last second of the year 9999. */
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    private final RemoteKeys remote;
    private final SpentIds spent;
    private final InstantSource clock;
    private final Changes changes;

    Assertions(RemoteKeys remote, SpentIds spent, InstantSource clock, Changes changes) {
        this.changes = changes;
        this.remote = remote;
        this.spent = spent;
        this.clock = clock;
    }

    /**
     * Checks everything but who it speaks about, and uses it up.
     *
     * @param assertion taken apart
     * @param keys of who is said to have signed
     * @param audiences of which it must name exactly one, and nobody else
     * @param types its {@code typ}, if it says one (RFC 8725, 3.11)
     * @return when it ends
     * @throws Refused with words for the developer of the client
     */
    Instant check(SignedClaims assertion, ClientKeys keys, Set<String> audiences, Set<String> types) throws Refused {
        Object type = assertion.header().get("typ");
        if (type != null && !(type instanceof String text && types.contains(text.toLowerCase(Locale.ROOT)))) {
            throw new Refused("its type is that of something else");
        }
        Map<String, Object> claims = assertion.claims();
        if (!(claims.get("iss") instanceof String issuer) || !(claims.get("sub") instanceof String)) {
            throw new Refused("iss and sub are needed");
        }
        List<?> said =
                claims.get("aud") instanceof List<?> several ? several : List.of(String.valueOf(claims.get("aud")));
        if (said.size() != 1 || !audiences.contains(String.valueOf(said.get(0)))) {
            throw new Refused("its only audience must be this server");
        }
        Instant end = times(claims);
        if (!(claims.get("jti") instanceof String id) || id.isEmpty() || id.length() > LONGEST_ID) {
            throw new Refused("jti must be 1 to " + LONGEST_ID + " characters");
        }
        if (!remote.signed(assertion, keys)) {
            throw new Refused("none of the keys of its issuer signed it");
        }
        if (!spent.isFirst("assertion " + issuer, id, end.plus(SKEW))) {
            throw new Refused("it has been used before");
        }
        changes.note();
        return end;
    }

    /** Why an assertion is not good. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }
    }

    private Instant times(Map<String, Object> claims) throws Refused {
        Instant now = clock.instant();
        Instant end = time(claims, "exp").orElseThrow(() -> new Refused("exp is missing or not a time"));
        if (!end.plus(SKEW).isAfter(now)) {
            throw new Refused("it has expired");
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw new Refused("it is good for too long: more than an hour");
        }
        for (String name : List.of("nbf", "iat")) {
            if (claims.containsKey(name)) {
                Instant from = time(claims, name).orElseThrow(() -> new Refused(name + " is not a time"));
                if (from.isAfter(now.plus(SKEW))) {
                    throw new Refused("it is not good yet");
                }
            }
        }
        return end;
    }

    /** A time in seconds (RFC 7519, 2). */
    static Optional<Instant> time(Map<String, Object> claims, String name) {
        if (!(claims.get(name) instanceof Number number)) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(number.toString());
            return seconds.signum() < 0 || seconds.compareTo(LATEST) > 0
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
