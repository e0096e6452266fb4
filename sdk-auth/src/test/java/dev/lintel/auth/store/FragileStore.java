package dev.lintel.auth.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that can be switched off in parts, and writes down what it was asked. */
final class FragileStore implements TokenStore {
    private final TokenStore inner;
    private final List<String> asked = new ArrayList<>();
    private int savesThatFail;
    private int savesThatHappenAndFail;
    private int savesBefore;
    private Runnable whileSaving = () -> {};
    private boolean interrupted;
    private boolean unreadable;
    private boolean leaseless;

    FragileStore(TokenStore inner) {
        this.inner = inner;
    }

    FragileStore failSaves(int count) {
        return failSavesAfter(0, count);
    }

    FragileStore failSavesAfter(int good, int count) {
        savesBefore = good;
        savesThatFail = count;
        return this;
    }

    /** Writes, and says that it could not. */
    FragileStore confirmNoSavesAfter(int good, int count) {
        savesBefore = good;
        savesThatHappenAndFail = count;
        return this;
    }

    /** Does something after the next save, once. */
    FragileStore slowSaves(Runnable task) {
        whileSaving = task;
        return this;
    }

    /** Whether a save came with a thread that was interrupted. */
    boolean interrupted() {
        return interrupted;
    }

    FragileStore failReads(boolean fail) {
        unreadable = fail;
        return this;
    }

    FragileStore failLeases(boolean fail) {
        leaseless = fail;
        return this;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public Optional<Versioned> load(EntryKey key) throws StoreException {
        if (unreadable) {
            throw new StoreException("no disk");
        }
        return inner.load(key);
    }

    @Override
    public OptionalLong save(EntryKey key, long expected, StoredTokens tokens) throws StoreException {
        Attempt attempt = tokens.attempt();
        asked.add(attempt == null ? "TOKENS" : attempt.state() + " " + attempt.tries());
        interrupted |= Thread.currentThread().isInterrupted();
        boolean good = savesBefore-- > 0;
        if (!good && savesThatFail > 0) {
            savesThatFail--;
            throw StoreException.unchanged("no space");
        }
        OptionalLong version = inner.save(key, expected, tokens);
        if (!good && savesThatHappenAndFail > 0) {
            savesThatHappenAndFail--;
            throw new StoreException("connection lost");
        }
        Runnable task = whileSaving;
        whileSaving = () -> {};
        task.run();
        return version;
    }

    @Override
    public void delete(EntryKey key) throws StoreException {
        inner.delete(key);
    }

    @Override
    public LeaseAnswer lease(EntryKey key, String owner, Duration ttl) {
        asked.add("LEASE");
        return leaseless ? new LeaseAnswer.Failed("no leases") : inner.lease(key, owner, ttl);
    }

    @Override
    public LeaseAnswer renew(Lease lease, Duration ttl) {
        asked.add("RENEW");
        return inner.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        asked.add("RELEASE");
        inner.release(lease);
    }

    @Override
    public String toString() {
        return "a fragile store";
    }
}
