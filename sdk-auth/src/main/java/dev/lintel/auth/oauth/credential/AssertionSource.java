package dev.lintel.auth.oauth.credential;

import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;

/** What makes or reads an assertion or a token, anew for each request that needs one. */
@FunctionalInterface
public interface AssertionSource {
    /**
     * One assertion.
     *
     * @return good for one use
     * @throws TokenFetchException if there is none now
     */
    Secret assertion() throws TokenFetchException;
}
