package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How people log in where a request that enters needs a token and brings none: by the authorization code grant with PKCE at
 * an OpenID provider (OpenID Connect Core, 3.1; RFC 7636), after which an encrypted cookie carries the session.
 *
 * @param issuer the OpenID provider, exactly as it stands in {@code iss}
 * @param clientId the client's identifier there
 * @param clientSecret the place of its secret; null for a public client
 * @param scopes what is asked for, {@code openid} first
 * @param keys the place of the keys that cookies are encrypted with
 * @param prefix the path below which the login's own endpoints are, for example {@code /oauth2}
 * @param cookie the cookie's name
 * @param lifetime how long a session may last, whatever the provider says
 * @param idle after how long without a request a session ends; null for never
 * @param afterLogout the path that browsers come to when they have logged out
 * @param passToken whether the service gets the access token as {@code Authorization}
 * @param groupsClaim the claim that names a user's groups
 * @param origin the line that said it
 */
public record LoginRule(
        String issuer,
        String clientId,
        @Nullable SecretRef clientSecret,
        List<String> scopes,
        SecretRef keys,
        String prefix,
        String cookie,
        Duration lifetime,
        @Nullable Duration idle,
        String afterLogout,
        boolean passToken,
        String groupsClaim,
        Origin origin) {
    /** Checks that nothing is missing. */
    public LoginRule {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(keys, "keys");
        scopes = List.copyOf(scopes);
        origin = Origin.orUnknown(origin);
    }

    /** What one of the login's own endpoints does. */
    public enum Step {
        /** The browser is sent to the provider, because a token is needed. */
        NEEDED,
        /** {@code {prefix}/start}: the browser is sent to the provider because it asks for it. */
        START,
        /** {@code {prefix}/callback}: the provider sends the browser back. */
        CALLBACK,
        /** {@code {prefix}/sign_out}: the session ends, here and at the provider. */
        SIGN_OUT,
        /** {@code {prefix}/backchannel_logout}: the provider says that a session has ended. */
        BACK_CHANNEL,
        /** {@code {prefix}/userinfo}: who is logged in. */
        USER_INFO,
        /** Anything else below the prefix: there is nothing. */
        UNKNOWN
    }

    /**
     * Which of the login's own endpoints a path is.
     *
     * @param path in normal form
     * @return null if it is not below the prefix
     */
    public @Nullable Step step(String path) {
        if (!path.startsWith(prefix) || path.length() > prefix.length() && path.charAt(prefix.length()) != '/') {
            return null;
        }
        return switch (path.substring(prefix.length())) {
            case "/start" -> Step.START;
            case "/callback" -> Step.CALLBACK;
            case "/sign_out" -> Step.SIGN_OUT;
            case "/backchannel_logout" -> Step.BACK_CHANNEL;
            case "/userinfo" -> Step.USER_INFO;
            default -> Step.UNKNOWN;
        };
    }
}
