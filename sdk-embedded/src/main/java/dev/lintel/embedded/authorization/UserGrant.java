package dev.lintel.embedded.authorization;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user allowed a client: what a code, and later a refresh token, stands for.
 *
 * @param client who may redeem it
 * @param subject the user
 * @param scopes which the user allowed
 * @param audiences whom the access tokens are for
 * @param redirectUri where the code was sent to (RFC 6749, 4.1.3); null for a device
 * @param challenge the S256 code challenge (RFC 7636, 4.2); null for a device
 * @param keyThumbprint the key that the code is bound to (RFC 9449, 10); null if none was said
 * @param nonce for the ID token (OpenID Connect Core, 2); null if none was said
 * @param authenticated when the user last proved who they are
 * @param session the {@code sid} of their login here; null for a device, or a token of no login
 */
record UserGrant(
        String client,
        String subject,
        List<String> scopes,
        List<String> audiences,
        @Nullable URI redirectUri,
        @Nullable String challenge,
        @Nullable String keyThumbprint,
        @Nullable String nonce,
        Instant authenticated,
        @Nullable String session) {
    UserGrant {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
    }

    /** What belongs to no login in a browser. */
    UserGrant(
            String client,
            String subject,
            List<String> scopes,
            List<String> audiences,
            @Nullable URI redirectUri,
            @Nullable String challenge,
            @Nullable String keyThumbprint,
            @Nullable String nonce,
            Instant authenticated) {
        this(client, subject, scopes, audiences, redirectUri, challenge, keyThumbprint, nonce, authenticated, null);
    }
}
