package dev.lintel.auth.oauth;

import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login that has begun: what must be known when its answer comes. Prints without any of it.
 *
 * @param state what the answer must bring back
 * @param nonce what the ID token must bring back; null if none is asked for
 * @param verifier the secret of PKCE
 * @param redirect where the answer comes to
 * @param scopes what was asked for
 * @param maxAge how long ago the user may have logged in; null for any time
 * @param expires until when the answer is waited for
 */
record PendingLogin(
        Secret state,
        @Nullable Secret nonce,
        Secret verifier,
        URI redirect,
        List<String> scopes,
        @Nullable Duration maxAge,
        Instant expires) {}
