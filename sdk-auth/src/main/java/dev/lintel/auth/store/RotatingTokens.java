package dev.lintel.auth.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.StoreEvent.Kind;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A source of tokens that keeps them in a store and refreshes them there, once for all processes that share the store.
 *
 * <p>It serves the stored token without a request if it is still good, and not the one that it served before: whoever asks
 * again wants another one. Otherwise it takes the lease, looks again, because another process may have refreshed
 * meanwhile, uses the refresh token once, and saves what came. An answer without a refresh token leaves the old one in
 * place (RFC 6749, 6).
 *
 * <p>A refresh token that may have been sent and has no answer, in this process or in one that crashed, is not sent again,
 * because a server that rotates would take that for theft (RFC 9700, 4.14.2): {@link TokenFetchException.Kind#AMBIGUOUS},
 * until the user has logged in again ({@link #login}). A primary source, where there is one, is used instead.
 */
public final class RotatingTokens implements TokenSource {
    private static final Duration POLL = Duration.ofMillis(50);

    private final EntryKey key;
    private final TokenStore store;
    private final RefreshExchange exchange;
    private final @Nullable TokenSource primary;
    private final RotationSettings settings;
    private final Ledger ledger;

    private final ReentrantLock turns = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Secret served;

    private RotatingTokens(
            EntryKey key,
            TokenStore store,
            RefreshExchange exchange,
            @Nullable TokenSource primary,
            RotationSettings settings) {
        this.key = key;
        this.store = store;
        this.exchange = exchange;
        this.primary = primary;
        this.settings = settings;
        this.ledger = new Ledger(key, store, settings.events());
    }

    /**
     * Tokens of an entry with a simple name, with the usual settings.
     *
     * @param name for example {@code alice@shop}
     * @param store where they are kept
     * @param exchange what uses the refresh token
     * @return the source
     */
    public static RotatingTokens of(String name, TokenStore store, RefreshExchange exchange) {
        return of(name, store, exchange, RotationSettings.DEFAULT);
    }

    /**
     * Tokens of an entry with a simple name.
     *
     * @param name for example {@code alice@shop}
     * @param store where they are kept
     * @param exchange what uses the refresh token
     * @param settings how
     * @return the source
     */
    public static RotatingTokens of(
            String name, TokenStore store, RefreshExchange exchange, RotationSettings settings) {
        return of(EntryKey.of(name), store, exchange, settings);
    }

    /**
     * Tokens of an entry.
     *
     * @param key its name: the coordinates of the token
     * @param store where they are kept
     * @param exchange what uses the refresh token
     * @param settings how
     * @return the source
     */
    public static RotatingTokens of(
            EntryKey key, TokenStore store, RefreshExchange exchange, RotationSettings settings) {
        return new RotatingTokens(key, store, exchange, null, settings);
    }

    /**
     * With a source for when there is no refresh token to use: at the beginning, after {@code invalid_grant}, after a lost
     * answer.
     *
     * @param source for example client credentials, or a JWT as grant
     * @return another source over the same store
     */
    public RotatingTokens primary(TokenSource source) {
        return new RotatingTokens(key, store, exchange, source, settings);
    }

    /**
     * Stores what a login brought, in place of all that was there; what another process is refreshing meanwhile gives way
     * to it.
     *
     * @param token what was answered; if it cannot be stored it is served from memory, after a {@link StoreEvent}
     */
    public void login(FetchedToken token) {
        turns.lock();
        try {
            ledger.login(StoredTokens.of(token));
            served = null;
        } finally {
            turns.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Forgets the tokens, in the store and here. The server still takes them: revoke what this answers (RFC 7009).
     *
     * @return what was there
     * @throws StoreException if the store does not work; they are not forgotten then
     */
    @CanIgnoreReturnValue
    public Optional<FetchedToken> logout() throws StoreException {
        turns.lock();
        try {
            StoredTokens there = ledger.read();
            store.delete(key);
            ledger.forget();
            return Optional.ofNullable(there).map(StoredTokens::token);
        } finally {
            turns.unlock();
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public FetchedToken fetch() throws TokenFetchException {
        turns.lock();
        try {
            FetchedToken token = obtain();
            served = token.value();
            return token;
        } finally {
            turns.unlock();
        }
    }

    private FetchedToken obtain() throws TokenFetchException {
        Optional<FetchedToken> stored = stored();
        if (stored.isPresent()) {
            return stored.get();
        }
        Duration waited = Duration.ZERO;
        while (true) {
            Instant begun = settings.clock().instant();
            LeaseAnswer answer = store.lease(key, settings.owner(), settings.ttl());
            if (answer instanceof LeaseAnswer.Acquired acquired) {
                return leased(acquired.lease(), begun);
            } else if (answer instanceof LeaseAnswer.Failed failed) {
                return unleased(failed.why());
            } else if (answer instanceof LeaseAnswer.Held held) {
                waited = waitFor(held, waited);
            }
            stored = stored();
            if (stored.isPresent()) {
                return stored.get();
            }
        }
    }

    private FetchedToken leased(Lease lease, Instant begun) throws TokenFetchException {
        Instant halfway = begun.plus(settings.ttl().dividedBy(2));
        try {
            return turn(() -> holds(lease, halfway)).take(this::serves);
        } finally {
            // An interrupted thread could not write that it is done, and others would wait until the lease ends.
            boolean interrupted = Thread.interrupted();
            store.release(lease);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FetchedToken unleased(String why) throws TokenFetchException {
        settings.events().accept(new StoreEvent(Kind.LEASE_FAILED, key, why));
        // What is here and not in the store, nobody else can use.
        if (!settings.strict() || ledger.ahead()) {
            return turn(() -> true).take(this::serves);
        }
        TokenSource source = primary;
        if (source == null) {
            throw Turn.retryable("the refresh token of '" + key
                    + "' is not used without a lease, which the store cannot give: " + why);
        }
        return source.fetch();
    }

    /** Renews a lease that may end before the answer comes, because the process stood still or the store was slow. */
    private boolean holds(Lease lease, Instant halfway) {
        return settings.clock().instant().isBefore(halfway)
                || store.renew(lease, settings.ttl()) instanceof LeaseAnswer.Acquired;
    }

    private Turn turn(BooleanSupplier leased) {
        return new Turn(key, ledger, exchange, primary, settings, leased);
    }

    private Duration waitFor(LeaseAnswer.Held held, Duration waited) throws TokenFetchException {
        if (waited.compareTo(settings.patience()) >= 0) {
            throw Turn.retryable(
                    "'" + key + "' is being refreshed by " + held.by() + ", and nothing has come of it within "
                            + settings.patience() + "; that ends at " + held.until() + " at the latest");
        }
        if (waited.isZero()) {
            settings.events().accept(new StoreEvent(Kind.WAITING, key, held.by() + " until " + held.until()));
        }
        try {
            settings.pause().pause(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Turn.retryable("the wait for '" + key + "' was interrupted");
        }
        return waited.plus(POLL);
    }

    /** The token in the store, if it is an answer; a store that does not work is told of where it matters. */
    private Optional<FetchedToken> stored() {
        StoredTokens there;
        try {
            there = ledger.read();
        } catch (StoreException e) {
            settings.events().accept(new StoreEvent(Kind.NOT_READ, key, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        if (there == null || !serves(there)) {
            return Optional.empty();
        }
        settings.events().accept(new StoreEvent(Kind.SERVED, key, ""));
        return Optional.of(there.token());
    }

    private boolean serves(StoredTokens there) {
        return there.usable(settings.clock().instant())
                && !there.token().value().equals(served);
    }

    @Override
    public String toString() {
        return "tokens of '" + key + "' in " + store;
    }
}
