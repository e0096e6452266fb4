package dev.lintel.auth.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that happened to an entry, for logs and metrics. Holds nothing secret.
 *
 * @param kind what
 * @param key which entry
 * @param detail the circumstances, in words; empty if there is nothing to say
 */
public record StoreEvent(Kind kind, EntryKey key, String detail) {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvent.class);

    /** What happened. */
    public enum Kind {
        /** The stored token was good, and no request was made: a warm start, or another process had refreshed it. */
        SERVED(false, "was served from the store"),
        /** It was refreshed. */
        REFRESHED(false, "was refreshed"),
        /** It came from the primary source. */
        ACQUIRED(false, "came from the primary source"),
        /** Another process is refreshing it, and this one waits for that. */
        WAITING(false, "is being refreshed by another process"),
        /** The server does not take the refresh token any more, which is dropped. */
        DROPPED(true, "has lost its refresh token"),
        /** A refresh token was sent and no answer was seen that can be used, by this process or by one that crashed. */
        LOST_REPLY(true, "was to be refreshed, and the answer is lost"),
        /** There is an entry that cannot be read; it counts as none. */
        UNREADABLE(true, "is taken for missing"),
        /** The store did not work when it was read. */
        NOT_READ(true, "could not be read"),
        /** The store did not work when it was written; what was to be written is kept in memory. */
        NOT_SAVED(true, "could not be saved"),
        /** The store did not work when a lease was wanted or given back. */
        LEASE_FAILED(true, "could not be leased");

        private final boolean wrong;
        private final String words;

        Kind(boolean wrong, String words) {
            this.wrong = wrong;
            this.words = words;
        }
    }

    /** Writes it into the log: with level {@code WARN} if somebody should look at it, else {@code DEBUG}. */
    public void log() {
        if (kind.wrong) {
            LOG.warn("{}", this);
        } else {
            LOG.debug("{}", this);
        }
    }

    @Override
    public String toString() {
        return "The token '" + key + "' " + kind.words + (detail.isEmpty() ? "" : ": " + detail);
    }
}
