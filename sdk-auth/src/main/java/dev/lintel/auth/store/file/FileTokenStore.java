package dev.lintel.auth.store.file;

import dev.lintel.auth.store.EntryKey;
import dev.lintel.auth.store.Lease;
import dev.lintel.auth.store.LeaseAnswer;
import dev.lintel.auth.store.StoreEvent;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKey;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.StoredTokens;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.Versioned;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tokens in a folder of one machine: one file for each entry, encrypted (AES-256-GCM, {@link StoreKeys}), for its owner
 * alone. Any number of processes may use the folder at once. A file is replaced as a whole, after it has reached the disk;
 * a full disk leaves the one before in place.
 *
 * <p>A lease is a file too, {@code <digest>.lease}, with an owner and an end by the machine's clock, so that it outlives a
 * crashed owner no longer than that. The folder must be on a file system whose locks hold between processes, which is not
 * sure of network file systems.
 */
public final class FileTokenStore implements TokenStore {
    private static final int LIMIT = 256 * 1024;

    private final Path folder;
    private final StoreKeys keys;
    private final InstantSource clock;
    private final Consumer<StoreEvent> events;
    private final FolderLocks locks;
    private final RandomGenerator random = new SecureRandom();

    private FileTokenStore(Path folder, StoreKeys keys, InstantSource clock, Consumer<StoreEvent> events) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
        this.events = events;
        this.locks = new FolderLocks(folder);
    }

    /**
     * Tokens in a folder, with this machine's clock; events go to the log.
     *
     * @param folder where; it is made, for its owner alone, if it is not there
     * @param current the key that encrypts
     * @param older keys that only decrypt, while one is being replaced
     * @return the store
     * @throws StoreException if there is no such folder and none can be made, or everybody on the machine may write to it
     */
    public static FileTokenStore open(Path folder, StoreKey current, StoreKey... older) throws StoreException {
        return open(folder, StoreKeys.of(current, older), InstantSource.system(), StoreEvent::log);
    }

    /**
     * Tokens in a folder, with a clock and a listener from outside.
     *
     * @param folder where; it is made, for its owner alone, if it is not there
     * @param keys what encrypts and decrypts
     * @param clock what leases end by: the same for all processes that use the folder
     * @param events who is told of what cannot be read; must not throw
     * @return the store
     * @throws StoreException if there is no such folder and none can be made, or everybody on the machine may write to it
     */
    public static FileTokenStore open(Path folder, StoreKeys keys, InstantSource clock, Consumer<StoreEvent> events)
            throws StoreException {
        try {
            PrivateFiles.folder(folder);
            if (PrivateFiles.open(folder)) {
                throw new StoreException(
                        "everybody may write to " + folder + ", where tokens are to be stored: take that right away");
            }
            return new FileTokenStore(folder.toRealPath(), keys, clock, events);
        } catch (IOException e) {
            throw new StoreException(failure("the folder for tokens " + folder + " cannot be used", e));
        }
    }

    @Override
    public Optional<Versioned> load(EntryKey key) throws StoreException {
        try {
            return read(key);
        } catch (IOException e) {
            throw new StoreException(failure(place(key, ".token") + " cannot be read", e));
        }
    }

    @Override
    public OptionalLong save(EntryKey key, long expected, StoredTokens tokens) throws StoreException {
        try {
            return locks.locked(key.digest(), () -> {
                long present = read(key).map(Versioned::version).orElse(NOTHING);
                if (present != expected) {
                    return OptionalLong.empty();
                }
                long version = random.nextLong(1, Long.MAX_VALUE);
                byte[] sealed = keys.seal(key, new Versioned(tokens, version));
                if (sealed.length > LIMIT) {
                    throw new IOException("an entry may have " + LIMIT + " bytes, but has " + sealed.length);
                }
                PrivateFiles.write(place(key, ".token"), place(key, ".token.new"), sealed);
                return OptionalLong.of(version);
            });
        } catch (IOException e) {
            String message = failure(place(key, ".token") + " cannot be written", e);
            throw e instanceof PrivateFiles.UnsettledException
                    ? new StoreException(message)
                    : StoreException.unchanged(message);
        }
    }

    @Override
    public void delete(EntryKey key) throws StoreException {
        try {
            locks.locked(key.digest(), () -> {
                PrivateFiles.delete(place(key, ".token"));
                return true;
            });
        } catch (IOException e) {
            throw new StoreException(failure(place(key, ".token") + " cannot be deleted", e));
        }
    }

    @Override
    public LeaseAnswer lease(EntryKey key, String owner, Duration ttl) {
        Lease.checked(ttl);
        return answer(key, () -> {
            Instant now = clock.instant();
            Optional<Lease> present = LeaseFile.read(key, place(key, ".lease"));
            if (present.isPresent() && LeaseFile.holds(present.get(), now)) {
                return new LeaseAnswer.Held(present.get().owner(), present.get().until());
            }
            return given(new Lease(key, owner, random.nextLong(), now.plus(ttl)));
        });
    }

    @Override
    public LeaseAnswer renew(Lease lease, Duration ttl) {
        Lease.checked(ttl);
        EntryKey key = lease.key();
        return answer(key, () -> {
            Optional<Lease> present = LeaseFile.read(key, place(key, ".lease"));
            if (present.isEmpty()) {
                return LeaseAnswer.Held.meanwhile(lease);
            }
            if (present.get().fence() != lease.fence()) {
                return new LeaseAnswer.Held(present.get().owner(), present.get().until());
            }
            return given(
                    new Lease(key, lease.owner(), lease.fence(), clock.instant().plus(ttl)));
        });
    }

    @Override
    public void release(Lease lease) {
        EntryKey key = lease.key();
        try {
            locks.locked(key.digest(), () -> {
                Optional<Lease> present = LeaseFile.read(key, place(key, ".lease"));
                if (present.isPresent() && present.get().fence() == lease.fence()) {
                    Files.deleteIfExists(place(key, ".lease"));
                }
                return present;
            });
        } catch (IOException e) {
            String why = failure(place(key, ".lease") + " cannot be deleted", e);
            events.accept(new StoreEvent(StoreEvent.Kind.LEASE_FAILED, key, why));
        }
    }

    @Override
    public String toString() {
        return "tokens in " + folder;
    }

    private Optional<Versioned> read(EntryKey key) throws IOException {
        return PrivateFiles.read(place(key, ".token"), LIMIT).flatMap(bytes -> keys.open(key, bytes, events));
    }

    private LeaseAnswer given(Lease lease) throws IOException {
        EntryKey key = lease.key();
        PrivateFiles.writeForNow(place(key, ".lease"), place(key, ".lease.new"), LeaseFile.bytes(lease));
        return new LeaseAnswer.Acquired(lease);
    }

    private LeaseAnswer answer(EntryKey key, FolderLocks.Work<LeaseAnswer> work) {
        try {
            return locks.locked(key.digest(), work);
        } catch (IOException e) {
            return new LeaseAnswer.Failed(failure(place(key, ".lease") + " cannot be read or written", e));
        }
    }

    private Path place(EntryKey key, String ending) {
        return folder.resolve(key.digest() + ending);
    }

    /** What went wrong, in the words of the operating system. */
    static String failure(String what, IOException e) {
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return what + " (" + (reason == null ? e.getClass().getSimpleName() : reason) + ")";
    }
}
