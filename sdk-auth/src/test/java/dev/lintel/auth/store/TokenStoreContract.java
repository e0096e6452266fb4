package dev.lintel.auth.store;

import static dev.lintel.auth.store.Samples.ALICE;
import static dev.lintel.auth.store.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.LeaseAnswer.Acquired;
import dev.lintel.auth.store.LeaseAnswer.Held;
import dev.lintel.auth.testing.Logs;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does, whatever it writes to. */
public abstract class TokenStoreContract {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final int THREADS = 8;
    private static final int TURNS = 10;

    /** The store; each test has one of its own. */
    protected abstract TokenStore store() throws StoreException;

    /** Another object over the same entries, as another process has it. */
    protected abstract TokenStore beside() throws StoreException;

    /** Lets more time pass than any lease of these tests lasts. */
    protected abstract void longAfter() throws Exception;

    @Test
    void anEntryIsReadAsItWasWritten() throws StoreException {
        for (StoredTokens tokens : List.of(Samples.full(), Samples.bare(), stored("a", "r"))) {
            long before = store().load(ALICE).map(Versioned::version).orElse(TokenStore.NOTHING);

            OptionalLong version = store().save(ALICE, before, tokens);

            assertThat(beside().load(ALICE)).contains(new Versioned(tokens, version.orElseThrow()));
        }
    }

    @Test
    void anEntryThatIsNotThereIsAMiss() throws StoreException {
        assertThat(store().load(ALICE)).isEmpty();
    }

    @Test
    void aWriteNeedsTheVersionThatIsThere() throws StoreException {
        long first = store().save(ALICE, TokenStore.NOTHING, stored("a1", "r1")).orElseThrow();
        long second = beside().save(ALICE, first, stored("a2", "r2")).orElseThrow();

        assertThat(store().save(ALICE, first, stored("a3", "r1"))).isEmpty();
        assertThat(store().save(ALICE, TokenStore.NOTHING, stored("a4", "r1"))).isEmpty();
        assertThat(store().save(ALICE, second + 1, stored("a5", "r1"))).isEmpty();
        assertThat(store().load(ALICE)).contains(new Versioned(stored("a2", "r2"), second));
    }

    @Test
    void aWriteToWhatIsNotThereNeedsToKnowThat() throws StoreException {
        assertThat(store().save(ALICE, 7, stored("a1", "r1"))).isEmpty();
        assertThat(store().load(ALICE)).isEmpty();
    }

    @Test
    void anEntryThatWasRemovedAndWrittenAgainIsAnother() throws StoreException {
        long first = store().save(ALICE, TokenStore.NOTHING, stored("a1", "r1")).orElseThrow();
        store().delete(ALICE);
        store().delete(ALICE);
        assertThat(beside().load(ALICE)).isEmpty();
        long again =
                beside().save(ALICE, TokenStore.NOTHING, stored("a2", "r2")).orElseThrow();

        assertThat(again).isNotEqualTo(first);
        assertThat(store().save(ALICE, first, stored("a3", "r1"))).isEmpty();
    }

    @Test
    void namesAreKeptApartHoweverTheyAreCut() throws StoreException {
        List<EntryKey> keys = List.of(
                EntryKey.of("ab", "c"),
                EntryKey.of("a", "bc"),
                EntryKey.of("abc"),
                EntryKey.of("abc", ""),
                EntryKey.of("", "abc"),
                EntryKey.of("../abc"),
                EntryKey.of("ABC"));
        for (EntryKey key : keys) {
            assertThat(store().save(key, TokenStore.NOTHING, stored("a " + key.parts(), "r")))
                    .isPresent();
        }
        for (EntryKey key : keys) {
            assertThat(store().load(key).map(Samples::access)).contains("a " + key.parts());
        }
    }

    @Test
    void noWriteOfManyThreadsIsLost() throws Exception {
        long start = store().save(ALICE, TokenStore.NOTHING, stored("0", "r")).orElseThrow();
        assertThat(start).isNotZero();

        together(() -> {
            TokenStore own = beside();
            int written = 0;
            while (written < TURNS) {
                Versioned there = own.load(ALICE).orElseThrow();
                String next = Integer.toString(Integer.parseInt(Samples.access(there)) + 1);
                written += own.save(ALICE, there.version(), stored(next, "r")).isPresent() ? 1 : 0;
            }
            return written;
        });

        assertThat(store().load(ALICE).map(Samples::access)).contains(Integer.toString(THREADS * TURNS));
    }

    @Test
    void ofManyThatWriteFirstOneWins() throws Exception {
        List<OptionalLong> written = together(() -> beside().save(ALICE, TokenStore.NOTHING, stored("a", "r")));

        assertThat(written.stream().filter(OptionalLong::isPresent)).hasSize(1);
    }

    @Test
    void ofManyThatWantALeaseOneGetsIt() throws Exception {
        List<LeaseAnswer> answers = together(() -> beside().lease(ALICE, "one of many", TTL));

        List<Lease> given = answers.stream()
                .filter(Acquired.class::isInstance)
                .map(answer -> ((Acquired) answer).lease())
                .toList();
        assertThat(given).hasSize(1);
        assertThat(answers.stream().filter(Held.class::isInstance))
                .hasSize(THREADS - 1)
                .allMatch(answer ->
                        answer.equals(new Held("one of many", given.get(0).until())));
    }

    @Test
    void aLeaseIsHeldAgainstItsOwnOwnerToo() throws StoreException {
        Lease lease = acquired(store().lease(ALICE, "one", TTL));

        assertThat(lease.key()).isEqualTo(ALICE);
        assertThat(lease.owner()).isEqualTo("one");
        assertThat(store().lease(ALICE, "one", TTL)).isEqualTo(new Held("one", lease.until()));
        assertThat(acquired(beside().lease(EntryKey.of("bob"), "one", TTL)).owner())
                .isEqualTo("one");
    }

    @Test
    void aLeaseThatIsGivenBackCanBeTaken() throws StoreException {
        Lease lease = acquired(store().lease(ALICE, "one", TTL));
        store().release(lease);

        assertThat(acquired(beside().lease(ALICE, "two", TTL)).owner()).isEqualTo("two");
    }

    @Test
    void aLeaseThatEndedCanBeTakenAndItsOwnerHasNoSayAnyMore() throws Exception {
        Lease crashed = acquired(store().lease(ALICE, "one", TTL));
        longAfter();

        Lease next = acquired(beside().lease(ALICE, "two", TTL));
        store().release(crashed);

        assertThat(store().lease(ALICE, "three", TTL)).isEqualTo(new Held("two", next.until()));
        assertThat(store().renew(crashed, TTL)).isEqualTo(new Held("two", next.until()));
        beside().release(next);
        assertThat(store().renew(crashed, TTL)).isEqualTo(new Held("somebody else, who is done", crashed.until()));
    }

    @Test
    void aLeaseCanBeRenewedAsLongAsNobodyElseHasIt() throws Exception {
        Lease lease = acquired(store().lease(ALICE, "one", TTL));
        longAfter();

        Lease renewed = acquired(store().renew(lease, TTL));

        assertThat(renewed.fence()).isEqualTo(lease.fence());
        assertThat(beside().lease(ALICE, "two", TTL)).isEqualTo(new Held("one", renewed.until()));
        store().release(lease);
        assertThat(acquired(beside().lease(ALICE, "two", TTL)).owner()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000001S", "PT1H0.001S"})
    void aLeaseIsForAReasonableTime(String ttl) throws StoreException {
        TokenStore store = store();
        assertThatThrownBy(() -> {
                    LeaseAnswer unused = store.lease(ALICE, "one", Duration.parse(ttl));
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a lease must be for 1 ms to 1 h, but was for " + Duration.parse(ttl));
    }

    @Test
    void nothingOfASecretIsPrinted() throws StoreException {
        String canary = "canary-" + getClass().getSimpleName();
        StoredTokens tokens = StoredTokens.of(Samples.token(canary, canary));
        long version = store().save(ALICE, TokenStore.NOTHING, tokens).orElseThrow();
        Lease lease = acquired(store().lease(ALICE, "one", TTL));

        List<String> printed = new ArrayList<>(List.of(
                store().toString(),
                tokens.toString(),
                store().load(ALICE).toString(),
                Secret.of(canary).toString(),
                lease.toString()));
        assertThat(version).isNotZero();
        assertThat(printed).noneMatch(text -> text.contains(canary));
        assertThat(printed).noneMatch(text -> text.contains(Long.toString(lease.fence())));
        assertThat(Logs.containing(canary)).isEmpty();
    }

    protected static Lease acquired(LeaseAnswer answer) {
        assertThat(answer).isInstanceOf(Acquired.class);
        return ((Acquired) answer).lease();
    }

    private static <T> List<T> together(Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(task);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
