package dev.lintel.auth.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.StoreEvent.Kind;
import dev.lintel.core.Secret;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One entry, as one process reads and writes it. Every write is compared with what was read before. What must not be lost
 * because it cannot be had again, an answer to a refresh, stays here while the store does not work; nobody else can use
 * its refresh token meanwhile, and the one before it stands in the store as sent.
 */
final class Ledger {
    private static final int RACES = 16;

    private final EntryKey key;
    private final TokenStore store;
    private final Consumer<StoreEvent> events;

    private @Nullable StoredTokens known;
    private long version = TokenStore.NOTHING;
    private @Nullable Unsaved unsaved;

    Ledger(EntryKey key, TokenStore store, Consumer<StoreEvent> events) {
        this.key = key;
        this.store = store;
        this.events = events;
    }

    /**
     * What the store does not have yet.
     *
     * @param tokens it
     * @param basis what the store has in its place; for a login, the login
     * @param claim what it is to be written over, if somebody else has written since
     * @param sure whether the store certainly does not have it, so that nobody else can use it
     */
    private record Unsaved(StoredTokens tokens, @Nullable StoredTokens basis, Claim claim, boolean sure) {
        Unsaved(StoredTokens tokens, @Nullable StoredTokens basis, Claim claim) {
            this(tokens, basis, claim, true);
        }

        boolean over(@Nullable StoredTokens there) {
            return switch (claim) {
                case LOGIN -> true;
                case LATE_LOGIN ->
                    there == null
                            || basis == null
                            || there.token().asked().isBefore(basis.token().asked());
                case ANSWER -> there != null && (there.equals(basis) || (rotated() && sameRefreshToken(there, basis)));
                case NOTE -> there != null && there.equals(basis);
            };
        }

        /** An answer that leaves the refresh token in place is nothing that could not be had again. */
        private boolean rotated() {
            return !sameRefreshToken(tokens, basis);
        }

        Unsaved with(StoredTokens next, Claim least) {
            return new Unsaved(next, basis, claim.compareTo(least) < 0 ? claim : least, sure);
        }
    }

    /** How much it matters; what matters more is before what matters less. */
    private enum Claim {
        /** It goes over everything. */
        LOGIN,
        /** It could not be written when it came, and goes over everything that was asked for before it. */
        LATE_LOGIN,
        /** It cannot be had again, and goes over what still holds the refresh token that it replaces. */
        ANSWER,
        /** It gives way to everything that is newer. */
        NOTE
    }

    /** What is there now: in the store, or here if the store does not have it yet. */
    @Nullable
    StoredTokens read() throws StoreException {
        Unsaved waiting = unsaved;
        if (waiting != null && settle(waiting) && unsaved != null) {
            if (!unsaved.sure()) {
                throw new StoreException("it still does not work, and may have what it did not confirm");
            }
            return unsaved.tokens();
        }
        return take(store.load(key));
    }

    /** What was there when it was last read or written, or is to be written. */
    @Nullable
    StoredTokens last() {
        return unsaved == null ? known : unsaved.tokens();
    }

    /** Whether there is something here that the store does not have, so that nobody else can use it. */
    boolean ahead() {
        return unsaved != null && unsaved.sure();
    }

    /**
     * Writes what comes next.
     *
     * @return false if somebody else has written since it was read; what is there is to be read again
     */
    boolean write(StoredTokens next) throws StoreException {
        Unsaved waiting = unsaved;
        if (waiting != null) {
            unsaved = waiting.with(next, Claim.NOTE);
            return true;
        }
        OptionalLong written = store.save(key, version, next);
        written.ifPresent(number -> written(next, number));
        return written.isPresent();
    }

    /** Goes on without the store, which is told later, unless it knows something newer by then. */
    void keepHere(StoredTokens next, StoreException why) {
        Unsaved waiting = unsaved;
        unsaved = waiting == null
                ? new Unsaved(next, known, Claim.NOTE, why.unchanged())
                : waiting.with(next, Claim.NOTE);
        tell(why);
    }

    /** Takes back what the store was to write and may have, as soon as it works again. */
    void takeBack(StoredTokens unconfirmed, StoredTokens before) {
        unsaved = new Unsaved(before, unconfirmed, Claim.NOTE, false);
    }

    /** Keeps nothing here. */
    void forget() {
        unsaved = null;
        known = null;
    }

    /** Writes what a login brought, over everything. */
    void login(StoredTokens next) {
        boolean kept = settle(new Unsaved(next, next, Claim.LOGIN));
        assert kept : "nothing goes before a login";
    }

    /**
     * Writes what cannot be had again. If somebody else has written since, it goes over what still holds the refresh token
     * that it replaces, and gives way to everything else: a new login, a logout, a refresh that was faster.
     *
     * @return whether it is in the store or kept here; false if it gave way
     */
    boolean keep(StoredTokens next) {
        Unsaved waiting = unsaved;
        return settle(waiting == null ? new Unsaved(next, known, Claim.ANSWER) : waiting.with(next, Claim.ANSWER));
    }

    private boolean settle(Unsaved next) {
        // An interrupt, for example of an executor that is shut down, must not lose it.
        boolean interrupted = Thread.interrupted();
        try {
            boolean kept = replace(next);
            unsaved = null;
            return kept;
        } catch (StoreException e) {
            Claim claim = next.claim() == Claim.LOGIN ? Claim.LATE_LOGIN : next.claim();
            unsaved = new Unsaved(next.tokens(), next.basis(), claim, next.sure() && e.unchanged());
            tell(e);
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean replace(Unsaved next) throws StoreException {
        for (int race = 0; race < RACES; race++) {
            OptionalLong written = store.save(key, version, next.tokens());
            if (written.isPresent()) {
                written(next.tokens(), written.getAsLong());
                return true;
            }
            Optional<Versioned> there = store.load(key);
            if (!next.over(there.map(Versioned::tokens).orElse(null))) {
                take(there);
                return false;
            }
            version = there.map(Versioned::version).orElse(TokenStore.NOTHING);
        }
        throw StoreException.unchanged("others wrote it " + RACES + " times in a row");
    }

    @CanIgnoreReturnValue
    private @Nullable StoredTokens take(Optional<Versioned> there) {
        known = there.map(Versioned::tokens).orElse(null);
        version = there.map(Versioned::version).orElse(TokenStore.NOTHING);
        return known;
    }

    private void written(StoredTokens tokens, long number) {
        known = tokens;
        version = number;
    }

    private void tell(StoreException why) {
        events.accept(new StoreEvent(Kind.NOT_SAVED, key, String.valueOf(why.getMessage())));
    }

    private static boolean sameRefreshToken(StoredTokens one, @Nullable StoredTokens other) {
        return Objects.equals(refreshToken(one), refreshToken(other));
    }

    private static @Nullable Secret refreshToken(@Nullable StoredTokens tokens) {
        return tokens == null ? null : tokens.token().refreshToken();
    }
}
