package dev.lintel.auth.store;

import static dev.lintel.auth.store.RotatingServer.Shape.BROKEN;
import static dev.lintel.auth.store.RotatingServer.Shape.BUSY;
import static dev.lintel.auth.store.RotatingServer.Shape.LOST_AFTER;
import static dev.lintel.auth.store.RotatingServer.Shape.LOST_BEFORE;
import static dev.lintel.auth.store.RotatingServer.Shape.REFUSED;
import static dev.lintel.auth.store.RotatingServer.Shape.REVOKED;
import static dev.lintel.auth.store.RotatingServer.Shape.ROTATED;
import static dev.lintel.auth.store.RotatingServer.Shape.SAME_REFRESH_TOKEN;
import static dev.lintel.auth.store.RotatingServer.Shape.WITHOUT_REFRESH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.store.Attempt.State;
import dev.lintel.auth.store.StoreEvent.Kind;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh with rotation, as one process sees it; two processes are two sources over one store. */
class RotatingTokensTest {
    private static final EntryKey ALICE = EntryKey.of("alice@shop");

    private final TestClock clock = new TestClock();
    private final RotatingServer server = new RotatingServer(clock);
    private final FragileStore store = new FragileStore(new MemoryTokenStore(clock));
    private final List<StoreEvent> events = new ArrayList<>();
    private final RotationSettings settings =
            RotationSettings.DEFAULT.at(clock, clock::forward).owner("one").events(events::add);

    private final RotatingTokens one = tokens(settings);

    private RotatingTokens tokens(RotationSettings with) {
        return RotatingTokens.of("alice@shop", store, server, with);
    }

    private RotatingTokens loggedIn() throws TokenFetchException {
        one.login(server.login());
        assertThat(next(one)).isEqualTo("a1");
        store.asked().clear();
        events.clear();
        return one;
    }

    private static String next(TokenSource source) throws TokenFetchException {
        return source.fetch().value().reveal();
    }

    private StoredTokens there() throws StoreException {
        return store.load(ALICE).orElseThrow().tokens();
    }

    private String refreshToken() throws StoreException {
        var token = there().token().refreshToken();
        return token == null ? "none" : token.reveal();
    }

    private static TokenFetchException failure(TokenSource source) {
        return catchThrowableOfType(TokenFetchException.class, source::fetch);
    }

    private static void assertFailure(TokenSource source, TokenFetchException.Kind kind, String message) {
        TokenFetchException failure = failure(source);
        assertThat(failure).hasMessage(message).hasNoCause();
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private List<Kind> kinds() {
        return events.stream().map(StoreEvent::kind).toList();
    }

    @Test
    void aTokenThatIsStillGoodIsServedWithoutARequestAndWithItsOwnTimes() throws Exception {
        FetchedToken login = server.login();
        one.login(login);
        clock.forward(Duration.ofMinutes(9));

        assertThat(tokens(settings).fetch()).isEqualTo(login);

        assertThat(server.used()).isEmpty();
        assertThat(store.asked()).doesNotContain("LEASE");
        assertThat(events).containsExactly(new StoreEvent(Kind.SERVED, ALICE, ""));
    }

    @Test
    void aTokenThatIsAboutToExpireIsRefreshed() throws Exception {
        one.login(server.login());
        clock.forward(Duration.ofMinutes(10).minusSeconds(10));

        assertThat(next(tokens(settings))).isEqualTo("a2");
    }

    @Test
    void whoeverAsksAgainWantsAnotherToken() throws Exception {
        loggedIn();

        assertThat(next(one)).isEqualTo("a2");
        assertThat(next(one)).isEqualTo("a3");

        assertThat(server.used()).containsExactly("r1", "r2");
        assertThat(refreshToken()).isEqualTo("r3");
        assertThat(kinds()).containsExactly(Kind.REFRESHED, Kind.REFRESHED);
    }

    @Test
    void eachStepIsWrittenBeforeItIsDone() throws Exception {
        loggedIn();
        server.meanwhile(() -> store.asked().add("SENDING"));

        assertThat(next(one)).isEqualTo("a2");

        assertThat(store.asked()).containsExactly("LEASE", "INTENDED 1", "SENT 1", "SENDING", "COMMITTED 1", "RELEASE");
        assertThat(there().attempt()).isEqualTo(new Attempt(State.COMMITTED, clock.instant(), 1, "one"));
    }

    @Test
    void whatAnotherProcessRefreshedIsUsedWithoutARequest() throws Exception {
        loggedIn();
        RotatingTokens two = tokens(settings.owner("two"));
        assertThat(next(two)).isEqualTo("a1");

        assertThat(next(two)).isEqualTo("a2");
        assertThat(next(one)).isEqualTo("a2");

        assertThat(server.used()).containsExactly("r1");
    }

    @Test
    void theStoreIsLookedAtAgainAfterTheLeaseIsTaken() throws Exception {
        RotatingTokens two = tokens(settings.owner("two"));
        loggedIn();
        assertThat(next(two)).isEqualTo("a1");
        TokenStore late = new LateLease(store, () -> assertThat(next(two)).isEqualTo("a2"));
        RotatingTokens slow = RotatingTokens.of(ALICE, late, server, settings);
        assertThat(next(slow)).isEqualTo("a1");

        assertThat(next(slow)).isEqualTo("a2");

        assertThat(server.used()).containsExactly("r1");
    }

    @Test
    void anAnswerWithoutARefreshTokenLeavesTheOldOne() throws Exception {
        loggedIn();
        server.next(WITHOUT_REFRESH_TOKEN, SAME_REFRESH_TOKEN, ROTATED);

        assertThat(next(one) + refreshToken()).isEqualTo("a2r1");
        assertThat(next(one) + refreshToken()).isEqualTo("a3r1");
        assertThat(next(one) + refreshToken()).isEqualTo("a4r2");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE", "LOST_AFTER"})
    void aLostAnswerIsToldAndNeverAskedForAgain(RotatingServer.Shape lost) throws Exception {
        loggedIn();
        server.next(lost);
        String message = "the refresh token of 'alice@shop' was sent by one at 2026-01-01T00:00:00Z and no answer was"
                + " seen that can be used: it may be used up and is not sent again, so log in again";

        assertFailure(one, TokenFetchException.Kind.AMBIGUOUS, message + "; http://127.0.0.1/token says AMBIGUOUS");
        clock.forward(Duration.ofHours(1));
        assertFailure(one, TokenFetchException.Kind.AMBIGUOUS, message);
        assertFailure(tokens(settings.owner("two")), TokenFetchException.Kind.AMBIGUOUS, message);

        assertThat(server.used()).containsExactly("r1");
        assertThat(kinds()).containsExactly(Kind.LOST_REPLY, Kind.LOST_REPLY, Kind.LOST_REPLY);
        one.login(server.login());
        assertThat(next(one)).isEqualTo("a2");
    }

    @Test
    void aFaultInTheExchangeCountsAsALostAnswer() throws Exception {
        loggedIn();
        server.next(BROKEN);

        assertThatThrownBy(one::fetch).isInstanceOf(IllegalStateException.class);

        assertThat(failure(one).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);
        assertThat(server.used()).containsExactly("r1");
        assertThat(store.asked()).endsWith("LEASE", "RELEASE");
    }

    @Test
    void withinTheGraceOfTheServerALostAnswerIsAskedForOnceMore() throws Exception {
        RotatingTokens graceful = tokens(settings.grace(Duration.ofSeconds(30)));
        graceful.login(server.login());
        assertThat(next(graceful)).isEqualTo("a1");
        server.next(LOST_BEFORE);

        assertThat(next(graceful)).isEqualTo("a2");

        assertThat(server.used()).containsExactly("r1", "r1");
        assertThat(store.asked()).contains("SENT 1", "SENT 2", "COMMITTED 2");
        assertThat(events)
                .contains(new StoreEvent(
                        Kind.LOST_REPLY, ALICE, "sent by one at 2026-01-01T00:00:00Z, and now once more"));
    }

    @Test
    void theSecondTryIsTheLast() throws Exception {
        RotatingTokens graceful = tokens(settings.grace(Duration.ofSeconds(30)));
        graceful.login(server.login());
        assertThat(next(graceful)).isEqualTo("a1");
        server.next(LOST_BEFORE, LOST_BEFORE);

        assertThat(failure(graceful).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);
        assertThat(failure(graceful).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);

        assertThat(server.used()).containsExactly("r1", "r1");
    }

    @Test
    void aSecondTryThatIsRefusedSaysNothingAboutTheFirst() throws Exception {
        RotatingTokens graceful = tokens(settings.grace(Duration.ofSeconds(30)));
        graceful.login(server.login());
        assertThat(next(graceful)).isEqualTo("a1");
        server.next(LOST_AFTER, BUSY);

        assertThat(failure(graceful).kind()).isEqualTo(TokenFetchException.Kind.RETRYABLE);
        assertThat(failure(graceful).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);

        assertThat(server.used()).containsExactly("r1", "r1");
        assertThat(server.reuses()).isZero();
    }

    @Test
    void theGraceCountsFromTheFirstTry() throws Exception {
        loggedIn();
        server.next(LOST_BEFORE);
        assertThat(failure(one).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);
        RotatingTokens graceful = tokens(settings.grace(Duration.ofSeconds(30)));
        clock.forward(Duration.ofMinutes(10));

        assertThat(failure(graceful).kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);

        assertThat(server.used()).containsExactly("r1");
    }

    @Test
    void aPrimarySourceIsUsedAfterALostAnswerAndWhereThereIsNoRefreshToken() throws Exception {
        RotatingTokens both = one.primary(server::login);
        assertThat(next(both)).isEqualTo("a1");
        server.next(LOST_BEFORE);

        assertThat(next(both)).isEqualTo("a2");

        assertThat(refreshToken()).isEqualTo("r2");
        assertThat(there().attempt()).isNull();
        assertThat(kinds()).containsExactly(Kind.ACQUIRED, Kind.LOST_REPLY, Kind.ACQUIRED);
    }

    @Test
    void aRefreshTokenThatIsNotTakenAnyMoreIsDropped() throws Exception {
        loggedIn();
        server.next(REVOKED);

        assertFailure(one, TokenFetchException.Kind.INVALID_GRANT, "http://127.0.0.1/token says INVALID_GRANT");
        assertFailure(
                one,
                TokenFetchException.Kind.INVALID_GRANT,
                "there is no refresh token for 'alice@shop': log in again");

        assertThat(server.used()).containsExactly("r1");
        assertThat(refreshToken()).isEqualTo("none");
        assertThat(events).containsExactly(new StoreEvent(Kind.DROPPED, ALICE, "log in again"));
    }

    @Test
    void thePrimarySourceTakesOverFromARefreshTokenThatIsDropped() throws Exception {
        RotatingTokens both = one.primary(server::login);
        assertThat(next(both)).isEqualTo("a1");
        server.next(REVOKED);

        assertThat(next(both)).isEqualTo("a2");
        assertThat(next(both)).isEqualTo("a3");

        assertThat(server.used()).containsExactly("r1", "r2");
    }

    @Test
    void whereNobodyHasLoggedInThereIsNothingToRefresh() {
        assertFailure(
                one,
                TokenFetchException.Kind.INVALID_GRANT,
                "there is no refresh token for 'alice@shop': log in again");
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "REFUSED"})
    void anAnswerThatLeavesTheRefreshTokenUnusedLeavesItUsable(RotatingServer.Shape shape) throws Exception {
        loggedIn();
        server.next(shape);

        TokenFetchException failure = failure(one);
        assertThat(failure.kind())
                .isEqualTo(shape == REFUSED ? TokenFetchException.Kind.PERMANENT : TokenFetchException.Kind.RETRYABLE);
        assertThat(there().attempt()).isNull();

        assertThat(next(one)).isEqualTo("a2");
        assertThat(server.used()).containsExactly("r1", "r1");
        assertThat(server.reuses()).isZero();
    }

    @Test
    void aCrashBeforeSendingIsNoLostAnswer() throws Exception {
        FetchedToken login = server.login();
        StoredTokens crashed =
                new StoredTokens(login, new Attempt(State.INTENDED, clock.instant(), 1, "one that crashed"));
        assertThat(store.save(ALICE, TokenStore.NOTHING, crashed)).isPresent();
        clock.forward(Duration.ofHours(1));

        assertThat(next(one)).isEqualTo("a2");
    }

    @Test
    void aLoginWhileARefreshIsOnItsWayIsNotOverwritten() throws Exception {
        loggedIn();
        RotatingTokens two = tokens(settings.owner("two"));
        FetchedToken login = Samples.token("new", "login", clock.instant());
        server.meanwhile(() -> two.login(login));

        assertThat(next(one)).isEqualTo("new");

        assertThat(refreshToken()).isEqualTo("login");
    }

    @Test
    void aLogoutWhileARefreshIsOnItsWayIsNotUndone() throws Exception {
        loggedIn();
        server.meanwhile(() -> {
            try {
                store.delete(ALICE);
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        });

        assertFailure(
                one,
                TokenFetchException.Kind.INVALID_GRANT,
                "there is no refresh token for 'alice@shop': log in again");

        assertThat(store.load(ALICE)).isEmpty();
    }

    @Test
    void aLogoutForgetsAndSaysWhatIsToBeRevoked() throws Exception {
        loggedIn();
        server.meanwhile(() -> store.failSaves(1));
        FetchedToken unsaved = one.fetch();
        store.failSaves(1);

        assertThat(one.logout()).contains(unsaved);

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(failure(one).kind()).isEqualTo(TokenFetchException.Kind.INVALID_GRANT);
        assertThat(one.logout()).isEmpty();
    }

    @Test
    void namesAndSettingsAreChecked() {
        assertThatThrownBy(() -> EntryKey.of(" ")).hasMessage("a store's entry needs a name, but its parts are [ ]");
        assertThatThrownBy(() -> settings.grace(Duration.ofSeconds(-1)))
                .hasMessage("patience and grace must not be negative, but were PT30S and PT-1S");
        assertThat(one).hasToString("tokens of 'alice@shop' in a fragile store");
        assertThat(new StoreEvent(Kind.LOST_REPLY, EntryKey.of("a\nb", "c".repeat(300)), "sent by one"))
                .hasToString("The token 'a?b " + "c".repeat(196)
                        + "…' was to be refreshed, and the answer is lost: sent by one");
    }
}
