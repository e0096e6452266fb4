package dev.lintel.embedded.login;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Token;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has logged in, as their cookie carries it. Times are milliseconds since the epoch. Prints without any token.
 *
 * @param id the session's name here, made at the login
 * @param generation how often its tokens were renewed
 * @param began when the login was
 * @param ends when it ends, whatever happens
 * @param seen when it was used last, as far as that was noted
 * @param tokenEnds until when the access token is good
 * @param renewAt when a new one is asked for
 * @param subject the user's {@code sub}
 * @param providerSession the provider's {@code sid}; null if it named none
 * @param scopes what the provider granted
 * @param claims what rules and services want to know
 * @param accessToken the access token; null where the service does not get it
 * @param refreshToken what gets the next one; null if there is none
 * @param idToken what the provider is shown at the logout; null if it does not want to see any
 */
record Session(
        String id,
        int generation,
        long began,
        long ends,
        long seen,
        long tokenEnds,
        long renewAt,
        String subject,
        @Nullable String providerSession,
        List<String> scopes,
        Map<String, Object> claims,
        @Nullable Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable Secret idToken) {
    Session {
        scopes = List.copyOf(scopes);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** What it is to access rules. */
    Token.Verified verified(String issuer, String clientId) {
        return new Token.Verified(issuer, subject, List.of(clientId), scopes, claims);
    }

    Session seenAt(long now) {
        return new Session(
                id,
                generation,
                began,
                ends,
                now,
                tokenEnds,
                renewAt,
                subject,
                providerSession,
                scopes,
                claims,
                accessToken,
                refreshToken,
                idToken);
    }

    @Override
    public String toString() {
        return "session of '" + subject + "'";
    }
}
