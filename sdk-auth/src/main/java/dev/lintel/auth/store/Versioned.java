package dev.lintel.auth.store;

/**
 * An entry as it was read.
 *
 * @param tokens what it holds
 * @param version which write it comes from: a number without order that no other write has, so that an entry that was
 *     removed and written again is not taken for the one before; never {@link TokenStore#NOTHING}
 */
public record Versioned(StoredTokens tokens, long version) {
    /** Checks that it was written. */
    public Versioned {
        if (version == TokenStore.NOTHING) {
            throw new IllegalArgumentException("an entry that was written has a version");
        }
    }
}
