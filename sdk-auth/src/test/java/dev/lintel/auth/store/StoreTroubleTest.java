package dev.lintel.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.store.StoreEvent.Kind;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refresh with rotation while the store does not work, or somebody else has the lease. */
class StoreTroubleTest {
    private static final EntryKey ALICE = EntryKey.of("alice@shop");

    private final TestClock clock = new TestClock();
    private final RotatingServer server = new RotatingServer(clock);
    private final FragileStore store = new FragileStore(new MemoryTokenStore(clock));
    private final List<StoreEvent> events = new ArrayList<>();
    private final RotationSettings settings =
            RotationSettings.DEFAULT.at(clock, clock::forward).owner("one").events(events::add);

    private RotatingTokens loggedIn(RotationSettings with) throws TokenFetchException {
        RotatingTokens tokens = tokens(with);
        tokens.login(server.login());
        assertThat(next(tokens)).isEqualTo("a1");
        events.clear();
        return tokens;
    }

    private RotatingTokens tokens(RotationSettings with) {
        return RotatingTokens.of(ALICE, store, server, with);
    }

    private static String next(TokenSource source) throws TokenFetchException {
        return source.fetch().value().reveal();
    }

    private String refreshToken() throws StoreException {
        var token = store.load(ALICE).orElseThrow().tokens().token().refreshToken();
        return token == null ? "none" : token.reveal();
    }

    private static void assertRetryable(TokenSource source, String message) {
        TokenFetchException failure = catchThrowableOfType(TokenFetchException.class, source::fetch);
        assertThat(failure).hasMessage(message).hasNoCause();
        assertThat(failure.kind()).isEqualTo(TokenFetchException.Kind.RETRYABLE);
    }

    private Lease lease(String owner) {
        LeaseAnswer answer = store.lease(ALICE, owner, Duration.ofSeconds(20));
        assertThat(answer).isInstanceOf(LeaseAnswer.Acquired.class);
        return ((LeaseAnswer.Acquired) answer).lease();
    }

    @Test
    void whileAnotherProcessRefreshesThisOneWaitsAndServesWhatCame() throws Exception {
        RotatingTokens two = tokens(settings.owner("two"));
        List<Duration> waits = new ArrayList<>();
        RotationSettings patient = settings.at(clock, time -> {
            waits.add(time);
            if (waits.size() == 3) {
                StoredTokens refreshed = StoredTokens.of(Samples.token("theirs", "r2", clock.instant()));
                try {
                    assertThat(store.save(ALICE, store.load(ALICE).orElseThrow().version(), refreshed))
                            .isPresent();
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        RotatingTokens one = loggedIn(patient);
        assertThat(next(two)).isEqualTo("a1");
        Lease theirs = lease("two");
        events.clear();

        assertThat(next(one)).isEqualTo("theirs");

        assertThat(waits).hasSize(3).containsOnly(Duration.ofMillis(50));
        assertThat(server.used()).isEmpty();
        assertThat(events)
                .containsExactly(
                        new StoreEvent(Kind.WAITING, ALICE, "two until " + theirs.until()),
                        new StoreEvent(Kind.SERVED, ALICE, ""));
    }

    @Test
    void whoeverHasTheLeaseForTooLongIsNotWaitedForLonger() throws Exception {
        RotatingTokens one = loggedIn(settings.lease(Duration.ofMinutes(1), Duration.ofSeconds(10)));
        Lease theirs = lease("two");

        assertRetryable(
                one,
                "'alice@shop' is being refreshed by two, and nothing has come of it within PT10S;" + " that ends at "
                        + theirs.until() + " at the latest");

        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:10Z");
        assertThat(server.used()).isEmpty();
    }

    @Test
    void theLeaseOfACrashedProcessIsTakenWhenItEnds() throws Exception {
        RotatingTokens one = loggedIn(settings);
        assertThat(lease("two that crashed").owner()).isNotEmpty();

        assertThat(next(one)).isEqualTo("a2");

        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:20Z");
    }

    @Test
    void aWaitThatIsInterruptedEnds() throws Exception {
        RotatingTokens one = loggedIn(settings.at(clock, time -> {
            throw new InterruptedException();
        }));
        assertThat(lease("two").owner()).isEqualTo("two");

        assertRetryable(one, "the wait for 'alice@shop' was interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void withoutALeaseTheRefreshTokenIsLeftAlone() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.failLeases(true);

        assertRetryable(
                one,
                "the refresh token of 'alice@shop' is not used without a lease, which the store cannot give: no leases");

        assertThat(server.used()).isEmpty();
        assertThat(events).containsExactly(new StoreEvent(Kind.LEASE_FAILED, ALICE, "no leases"));
        assertThat(next(one.primary(server::login))).isEqualTo("a1");
    }

    @Test
    void withoutALeaseAPrimarySourceIsUsedAndTheStoreIsLeftAsItIs() throws Exception {
        RotatingTokens both = loggedIn(settings).primary(() -> Samples.token("primary", "p1", clock.instant()));
        assertThat(next(both)).isEqualTo("a1");
        store.failLeases(true);

        assertThat(next(both)).isEqualTo("primary");

        assertThat(refreshToken()).isEqualTo("r1");
    }

    @Test
    void whoeverIsLenientRefreshesWithoutALeaseOrAJournal() throws Exception {
        RotatingTokens one = loggedIn(settings.lenient());
        store.failLeases(true);
        assertThat(next(one)).isEqualTo("a2");

        store.failSaves(100).failReads(true);
        assertThat(next(one)).isEqualTo("a3");
        assertThat(next(one)).isEqualTo("a4");
        store.failSaves(0).failReads(false).failLeases(false);

        assertThat(next(one)).isEqualTo("a5");
        assertThat(refreshToken()).isEqualTo("r5").isEqualTo(server.current());
        assertThat(server.reuses()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void withoutAJournalTheRefreshTokenIsLeftAlone(int written) throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.failSavesAfter(written, 1);

        assertRetryable(
                one, "the refresh token of 'alice@shop' is not used while the store cannot note that it is: no space");

        assertThat(server.used()).isEmpty();
        assertThat(events).containsExactly(new StoreEvent(Kind.NOT_SAVED, ALICE, "no space"));
        assertThat(next(one)).isEqualTo("a2");
    }

    @Test
    void aNoteThatWasWrittenThoughTheStoreSaidOtherwiseIsNoLostAnswer() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.confirmNoSavesAfter(1, 1);
        assertRetryable(
                one,
                "the refresh token of 'alice@shop' is not used while the store cannot note that it is: connection lost");
        assertThat(store.load(ALICE).orElseThrow().tokens().attempt()).isNotNull();

        assertThat(next(one)).isEqualTo("a2");

        assertThat(server.used()).containsExactly("r1");
    }

    @Test
    void aNoteOfWhichNothingIsKnownKeepsTheRefreshTokenUnused() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.confirmNoSavesAfter(1, 1);
        assertThat(catchThrowableOfType(TokenFetchException.class, one::fetch)).isNotNull();
        store.failSaves(2);

        assertRetryable(
                one,
                "the stored token 'alice@shop' cannot be read: it still does not work, and may have what it did not"
                        + " confirm");

        assertThat(server.used()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeSavedIsServedAndSavedLater() throws Exception {
        RotatingTokens one = loggedIn(settings);
        server.meanwhile(() -> store.failSaves(1));

        assertThat(next(one)).isEqualTo("a2");
        assertThat(refreshToken()).isEqualTo("r1");
        assertThat(events)
                .containsExactly(
                        new StoreEvent(Kind.NOT_SAVED, ALICE, "no space"), new StoreEvent(Kind.REFRESHED, ALICE, ""));

        assertThat(next(one)).isEqualTo("a3");
        assertThat(refreshToken()).isEqualTo("r3");
        assertThat(server.used()).containsExactly("r1", "r2");
    }

    @Test
    void aFullDiskStopsNobodyWhoHasTheLastAnswerInMemory() throws Exception {
        RotatingTokens one = loggedIn(settings);
        server.meanwhile(() -> store.failSaves(100).failLeases(true).failReads(true));
        assertThat(next(one)).isEqualTo("a2");
        assertThat(next(one)).isEqualTo("a3");
        assertThat(next(one)).isEqualTo("a4");
        store.failReads(false);

        RotatingTokens two = tokens(settings.lenient().owner("two"));
        assertThat(next(two)).isEqualTo("a1");
        TokenFetchException others = catchThrowableOfType(TokenFetchException.class, two::fetch);
        assertThat(others.kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);

        store.failSaves(0).failLeases(false);
        assertThat(next(one)).isEqualTo("a5");
        assertThat(refreshToken()).isEqualTo("r5");
        assertThat(server.used()).containsExactly("r1", "r2", "r3", "r4");
        assertThat(server.reuses()).isZero();
    }

    @Test
    void anAnswerThatMayHaveBeenSavedIsNotUsedFromMemory() throws Exception {
        RotatingTokens one = loggedIn(settings);
        RotatingTokens two = tokens(settings.owner("two"));
        assertThat(next(two)).isEqualTo("a1");
        server.meanwhile(() -> store.confirmNoSavesAfter(0, 1));
        assertThat(next(one)).isEqualTo("a2");
        assertThat(next(two)).isEqualTo("a2");
        assertThat(next(two)).isEqualTo("a3");
        store.failSaves(2);

        assertRetryable(
                one,
                "the stored token 'alice@shop' cannot be read: it still does not work, and may have what it did not"
                        + " confirm");

        assertThat(next(one)).isEqualTo("a3");
        assertThat(server.reuses()).isZero();
    }

    @Test
    void anAnswerThatWasSavedThoughTheStoreSaidOtherwiseIsNotSavedTwice() throws Exception {
        RotatingTokens one = loggedIn(settings);
        server.meanwhile(() -> store.confirmNoSavesAfter(0, 1));
        assertThat(next(one)).isEqualTo("a2");

        assertThat(next(one)).isEqualTo("a3");

        assertThat(refreshToken()).isEqualTo("r3");
        assertThat(server.used()).containsExactly("r1", "r2");
    }

    @Test
    void aLoginThatCannotBeSavedIsServedAndSavedLaterOverWhatWasBeforeIt() throws Exception {
        RotatingTokens one = loggedIn(settings);
        RotatingTokens two = tokens(settings.owner("two"));
        assertThat(next(two)).isEqualTo("a1");
        clock.forward(Duration.ofSeconds(1));
        store.failSaves(2);
        one.login(server.login());
        assertThat(refreshToken()).isEqualTo("r1");

        assertThat(next(one)).isEqualTo("a2");
        assertThat(refreshToken()).isEqualTo("r1");
        assertThat(next(one)).isEqualTo("a3");

        assertThat(refreshToken()).isEqualTo("r3").isEqualTo(server.current());
        assertThat(next(two)).isEqualTo("a3");
    }

    @Test
    void aLoginThatCouldNotBeSavedGivesWayToALaterOne() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.failSaves(1);
        one.login(server.login());
        clock.forward(Duration.ofSeconds(1));
        tokens(settings.owner("two")).login(server.login());

        assertThat(next(one)).isEqualTo("a3");

        assertThat(refreshToken()).isEqualTo("r3");
    }

    @Test
    void anUnsavedAnswerGivesWayToALoginElsewhere() throws Exception {
        RotatingTokens one = loggedIn(settings);
        server.meanwhile(() -> store.failSaves(1));
        assertThat(next(one)).isEqualTo("a2");
        tokens(settings.owner("two")).login(server.login());

        assertThat(next(one)).isEqualTo("a3");

        assertThat(refreshToken()).isEqualTo("r3").isEqualTo(server.current());
        assertThat(server.used()).containsExactly("r1");
    }

    @Test
    void anInterruptDoesNotLoseTheAnswer() throws Exception {
        RotatingTokens one = loggedIn(settings);
        server.meanwhile(Thread.currentThread()::interrupt);

        assertThat(next(one)).isEqualTo("a2");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(refreshToken()).isEqualTo("r2");
        assertThat(store.interrupted()).isFalse();
    }

    @Test
    void aLeaseThatMayEndTooSoonIsRenewedBeforeSending() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.slowSaves(() -> clock.forward(Duration.ofSeconds(31)));

        assertThat(next(one)).isEqualTo("a2");

        assertThat(store.asked()).containsSubsequence("INTENDED 1", "RENEW", "SENT 1");
    }

    @Test
    void aLeaseThatIsLostBeforeSendingKeepsTheRefreshTokenUnused() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.slowSaves(() -> {
            clock.forward(Duration.ofSeconds(61));
            assertThat(lease("two").owner()).isEqualTo("two");
        });

        assertRetryable(one, "the lease of 'alice@shop' ended before its refresh token was sent");

        assertThat(server.used()).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReadIsNoReasonToLogInAgain() throws Exception {
        RotatingTokens one = loggedIn(settings);
        store.failReads(true);

        assertRetryable(one, "the stored token 'alice@shop' cannot be read: no disk");

        store.failReads(false);
        assertThat(next(one)).isEqualTo("a2");
    }
}
