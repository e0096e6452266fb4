package dev.lintel.auth.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Gives its lease only after something else has happened, as if the process had stood still before it asked. */
final class LateLease implements TokenStore {
    private final TokenStore inner;
    private final ThrowingCallable before;

    LateLease(TokenStore inner, ThrowingCallable before) {
        this.inner = inner;
        this.before = before;
    }

    @Override
    public Optional<Versioned> load(EntryKey key) throws StoreException {
        return inner.load(key);
    }

    @Override
    public OptionalLong save(EntryKey key, long expected, StoredTokens tokens) throws StoreException {
        return inner.save(key, expected, tokens);
    }

    @Override
    public void delete(EntryKey key) throws StoreException {
        inner.delete(key);
    }

    @Override
    public LeaseAnswer lease(EntryKey key, String owner, Duration ttl) {
        try {
            before.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return inner.lease(key, owner, ttl);
    }

    @Override
    public LeaseAnswer renew(Lease lease, Duration ttl) {
        return inner.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        inner.release(lease);
    }
}
