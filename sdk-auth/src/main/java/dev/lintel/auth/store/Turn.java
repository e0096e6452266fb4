package dev.lintel.auth.store;

import dev.lintel.auth.store.Attempt.State;
import dev.lintel.auth.store.StoreEvent.Kind;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a process does while it alone may use an entry's refresh token: look again, write down what it is about to do,
 * send, and write down what came. A use that may have been sent and has no answer is not repeated, unless the server
 * grants that.
 */
final class Turn {
    private static final int ROUNDS = 8;
    private static final int TRIES = 2;

    private final EntryKey key;
    private final Ledger ledger;
    private final RefreshExchange exchange;
    private final @Nullable TokenSource primary;
    private final RotationSettings settings;
    private final BooleanSupplier leased;
    /** What came instead of an answer that can be used, if it was this turn that sent. */
    private @Nullable String came;

    Turn(
            EntryKey key,
            Ledger ledger,
            RefreshExchange exchange,
            @Nullable TokenSource primary,
            RotationSettings settings,
            BooleanSupplier leased) {
        this.key = key;
        this.ledger = ledger;
        this.exchange = exchange;
        this.primary = primary;
        this.settings = settings;
        this.leased = leased;
    }

    /**
     * Gets a token.
     *
     * @param serves whether what is stored is an answer already, because another process has refreshed it
     */
    FetchedToken take(Predicate<StoredTokens> serves) throws TokenFetchException {
        for (int round = 0; round < ROUNDS; round++) {
            StoredTokens there;
            try {
                there = ledger.read();
            } catch (StoreException e) {
                tell(Kind.NOT_READ, String.valueOf(e.getMessage()));
                there = settings.strict() ? null : ledger.last();
                if (there == null) {
                    return acquire(retryable("the stored token '" + key + "' cannot be read: " + e.getMessage()));
                }
            }
            if (there != null && serves.test(there)) {
                tell(Kind.SERVED, "");
                return there.token();
            }
            Secret refreshToken = there == null ? null : there.token().refreshToken();
            if (there == null || refreshToken == null) {
                return acquire(new TokenFetchException(
                        TokenFetchException.Kind.INVALID_GRANT,
                        "there is no refresh token for '" + key + "': log in again",
                        null,
                        null));
            }
            Optional<FetchedToken> answer = use(there, refreshToken);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw retryable("others keep changing the stored token '" + key + "'");
    }

    /** Empty if there is something new to be looked at. */
    private Optional<FetchedToken> use(StoredTokens there, Secret refreshToken) throws TokenFetchException {
        Attempt last = there.attempt();
        Attempt next;
        if (last != null && last.state() == State.SENT) {
            if (!granted(last)) {
                return Optional.of(acquire(lost(last)));
            }
            next = new Attempt(State.SENT, last.since(), last.tries() + 1, settings.owner());
            tell(Kind.LOST_REPLY, "sent by " + last.by() + " at " + last.since() + ", and now once more");
        } else {
            next = new Attempt(State.INTENDED, settings.clock().instant(), 1, settings.owner());
            if (!write(there, there.with(next))) {
                return Optional.empty();
            }
        }
        if (!leased.getAsBoolean()) {
            throw retryable("the lease of '" + key + "' ended before its refresh token was sent");
        }
        StoredTokens sent = there.with(next.at(State.SENT));
        return write(there, sent) ? send(sent, next, refreshToken) : Optional.empty();
    }

    private Optional<FetchedToken> send(StoredTokens sent, Attempt attempt, Secret refreshToken)
            throws TokenFetchException {
        FetchedToken answer;
        try {
            answer = exchange.refresh(refreshToken);
        } catch (TokenFetchException e) {
            return failed(e, sent, attempt);
        }
        StoredTokens next = sent.refreshed(answer, attempt.at(State.COMMITTED));
        if (!ledger.keep(next)) {
            return Optional.empty();
        }
        tell(Kind.REFRESHED, "");
        return Optional.of(next.token());
    }

    private Optional<FetchedToken> failed(TokenFetchException failure, StoredTokens sent, Attempt attempt)
            throws TokenFetchException {
        switch (failure.kind()) {
            case AMBIGUOUS -> {
                came = failure.getMessage();
                return Optional.empty();
            }
            case INVALID_GRANT -> {
                if (!ledger.keep(sent.withoutRefreshToken())) {
                    return Optional.empty();
                }
                tell(Kind.DROPPED, "log in again");
                return Optional.of(acquire(failure));
            }
            default -> {
                // A second try says nothing about the first, whose answer stays lost.
                if (attempt.tries() == 1) {
                    forget(sent.with(null));
                }
                throw failure;
            }
        }
    }

    /** What was answered says that the refresh token is unused. */
    private void forget(StoredTokens unused) {
        try {
            if (!ledger.write(unused)) {
                tell(Kind.NOT_SAVED, "somebody else has changed it");
            }
        } catch (StoreException e) {
            ledger.keepHere(unused, e);
        }
    }

    private FetchedToken acquire(TokenFetchException otherwise) throws TokenFetchException {
        TokenSource source = primary;
        if (source == null) {
            throw otherwise;
        }
        FetchedToken token = source.fetch();
        if (!ledger.keep(StoredTokens.of(token))) {
            tell(Kind.NOT_SAVED, "somebody else has changed it");
        }
        tell(Kind.ACQUIRED, "");
        return token;
    }

    private boolean granted(Attempt last) {
        Duration since = Duration.between(last.since(), settings.clock().instant());
        return last.tries() < TRIES && since.abs().compareTo(settings.grace()) < 0;
    }

    private TokenFetchException lost(Attempt last) {
        Instant since = last.since();
        tell(Kind.LOST_REPLY, "sent by " + last.by() + " at " + since);
        return new TokenFetchException(
                TokenFetchException.Kind.AMBIGUOUS,
                "the refresh token of '" + key + "' was sent by " + last.by() + " at " + since
                        + " and no answer was seen that can be used: it may be used up and is not sent again, so log in again"
                        + (came == null ? "" : "; " + came),
                null,
                null);
    }

    private boolean write(StoredTokens there, StoredTokens next) throws TokenFetchException {
        try {
            return ledger.write(next);
        } catch (StoreException e) {
            if (settings.strict()) {
                tell(Kind.NOT_SAVED, String.valueOf(e.getMessage()));
                if (!e.unchanged()) {
                    ledger.takeBack(next, there);
                }
                throw retryable("the refresh token of '" + key
                        + "' is not used while the store cannot note that it is: " + e.getMessage());
            }
            ledger.keepHere(next, e);
            return true;
        }
    }

    private void tell(Kind kind, String detail) {
        settings.events().accept(new StoreEvent(kind, key, detail));
    }

    static TokenFetchException retryable(String message) {
        return new TokenFetchException(TokenFetchException.Kind.RETRYABLE, message, null, null);
    }
}
