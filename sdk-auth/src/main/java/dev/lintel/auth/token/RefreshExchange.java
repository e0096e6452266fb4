package dev.lintel.auth.token;

import dev.lintel.core.Secret;

/** One use of a refresh token (RFC 6749, 6): one request, never repeated by itself, because the token may be used up by it. */
@FunctionalInterface
public interface RefreshExchange {
    /**
     * Uses a refresh token. Blocks.
     *
     * @param refreshToken what may be used up by this call
     * @return the new access token; its {@link FetchedToken#refreshToken()} is null if the old one stays
     * @throws TokenFetchException {@link TokenFetchException.Kind#AMBIGUOUS} if it was sent and no answer was seen
     *     that can be used
     */
    FetchedToken refresh(Secret refreshToken) throws TokenFetchException;
}
