package dev.lintel.auth.token;

/**
 * What gets one kind of token from where it is issued. The core calls it on its executor, one call at a time for each
 * key; it may block, and must end by itself.
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * Gets a token. Each call makes a new request, with a new assertion where there is one.
     *
     * @return the token
     * @throws TokenFetchException if there is none, saying whether asking again may help
     */
    FetchedToken fetch() throws TokenFetchException;

    /**
     * Says what to call when another token is to be had for a reason of the source's own, as when a user has logged in or
     * out: what was fetched before is then thrown away, and a pause after a failure ends. Most sources never call it.
     *
     * @param listener called on any thread, and does not block
     */
    default void whenChanged(Runnable listener) {}
}
