package dev.lintel.auth.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where tokens are kept beyond a process. Many processes and threads may use one store at once: what they write is
 * compared with what they read, and a lease lets one of them at a time use a refresh token. All methods block.
 *
 * <p>Secrets are written encrypted ({@link StoreKeys}), or not written at all. What cannot be read as an entry, because
 * it is damaged, was moved or replaced, or is of a version or under a key that is not known, is a miss and a
 * {@link StoreEvent}, never an exception.
 */
public interface TokenStore {
    /** The version of an entry that is not there, or cannot be read. */
    long NOTHING = 0;

    /**
     * Reads an entry.
     *
     * @param key its name
     * @return empty if there is nothing that can be read
     * @throws StoreException if the store itself does not work
     */
    Optional<Versioned> load(EntryKey key) throws StoreException;

    /**
     * Writes an entry if it is still the one that was read. After it returns, a crash does not undo it.
     *
     * @param key its name
     * @param expected the version that was read, or {@link #NOTHING}
     * @param tokens what to write
     * @return the new version, which no other write has or had; empty if somebody else wrote in between, and nothing was
     *     changed
     * @throws StoreException if the store itself does not work; the entry is either as it was, or as it was to be, and
     *     {@link StoreException#unchanged()} says whether that is known
     */
    OptionalLong save(EntryKey key, long expected, StoredTokens tokens) throws StoreException;

    /**
     * Removes an entry, as a logout does; no error if there is none.
     *
     * @param key its name
     * @throws StoreException if the store itself does not work
     */
    void delete(EntryKey key) throws StoreException;

    /**
     * Takes the right to use an entry's refresh token. It ends by itself, so that a crashed owner holds nobody up for
     * ever; taking it twice needs two leases, even for one owner.
     *
     * @param key the entry's name
     * @param owner who asks, in words for people
     * @param ttl how long it lasts unless it is renewed: 1 ms to 1 hour
     * @return whether it was given; that the store does not work is an answer too, and never the same as one of the others
     */
    LeaseAnswer lease(EntryKey key, String owner, Duration ttl);

    /**
     * Prolongs a lease from now on, if nobody else has taken it since; whether it had ended does not matter then.
     *
     * @param lease the lease
     * @param ttl how long it lasts from now on: 1 ms to 1 hour
     * @return the lease with its new end, whose fence is the same; {@link LeaseAnswer.Held} if somebody else
     *     has it, or had it in between
     */
    LeaseAnswer renew(Lease lease, Duration ttl);

    /**
     * Gives a lease back. Does nothing if it has ended and somebody else has it; if the store does not work it ends by
     * itself, after a {@link StoreEvent}.
     *
     * @param lease the lease
     */
    void release(Lease lease);
}
