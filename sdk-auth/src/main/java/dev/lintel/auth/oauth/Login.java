package dev.lintel.auth.oauth;

import dev.lintel.auth.jwt.IdToken;
import dev.lintel.auth.token.FetchedToken;
import org.jspecify.annotations.Nullable;

/**
 * A user who has logged in. Prints without any token.
 *
 * @param token what the server issued; its ID token is verified
 * @param user who it is; null unless the scope {@code openid} was asked for
 */
public record Login(FetchedToken token, @Nullable IdToken user) {}
