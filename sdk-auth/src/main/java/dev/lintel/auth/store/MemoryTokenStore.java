package dev.lintel.auth.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Tokens that end with the process, not encrypted: for tests, and for programs that log in at each start. */
public final class MemoryTokenStore implements TokenStore {
    private final InstantSource clock;
    private final RandomGenerator random = new SecureRandom();
    private final Map<EntryKey, Versioned> entries = new LinkedHashMap<>();
    private final Map<EntryKey, Lease> leases = new LinkedHashMap<>();

    /** An empty store with this machine's clock. */
    public MemoryTokenStore() {
        this(InstantSource.system());
    }

    /**
     * An empty store.
     *
     * @param clock what leases end by
     */
    public MemoryTokenStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Versioned> load(EntryKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public synchronized OptionalLong save(EntryKey key, long expected, StoredTokens tokens) {
        Versioned present = entries.get(key);
        if (expected != (present == null ? NOTHING : present.version())) {
            return OptionalLong.empty();
        }
        long version = random.nextLong(1, Long.MAX_VALUE);
        entries.put(key, new Versioned(tokens, version));
        return OptionalLong.of(version);
    }

    @Override
    public synchronized void delete(EntryKey key) {
        entries.remove(key);
    }

    @Override
    public synchronized LeaseAnswer lease(EntryKey key, String owner, Duration ttl) {
        Lease.checked(ttl);
        Lease present = leases.get(key);
        if (present != null && clock.instant().isBefore(present.until())) {
            return new LeaseAnswer.Held(present.owner(), present.until());
        }
        return given(new Lease(key, owner, random.nextLong(), clock.instant().plus(ttl)));
    }

    @Override
    public synchronized LeaseAnswer renew(Lease lease, Duration ttl) {
        Lease.checked(ttl);
        Lease present = leases.get(lease.key());
        if (present == null) {
            return LeaseAnswer.Held.meanwhile(lease);
        }
        if (present.fence() != lease.fence()) {
            return new LeaseAnswer.Held(present.owner(), present.until());
        }
        return given(new Lease(
                lease.key(), lease.owner(), lease.fence(), clock.instant().plus(ttl)));
    }

    @Override
    public synchronized void release(Lease lease) {
        Lease present = leases.get(lease.key());
        if (present != null && present.fence() == lease.fence()) {
            leases.remove(lease.key());
        }
    }

    private LeaseAnswer given(Lease lease) {
        leases.put(lease.key(), lease);
        return new LeaseAnswer.Acquired(lease);
    }

    @Override
    public String toString() {
        return "tokens in memory";
    }
}
