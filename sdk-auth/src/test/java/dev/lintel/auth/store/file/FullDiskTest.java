package dev.lintel.auth.store.file;

import static dev.lintel.auth.store.Samples.ALICE;
import static dev.lintel.auth.store.Samples.KEY;
import static dev.lintel.auth.store.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.store.LeaseAnswer;
import dev.lintel.auth.store.RotatingTokens;
import dev.lintel.auth.store.RotationSettings;
import dev.lintel.auth.store.Samples;
import dev.lintel.auth.store.StoreEvent;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.testing.SmallDisk;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or may not be written to: a real one. */
class FullDiskTest {
    private static final int PAGES = 16;

    private final TestClock clock = new TestClock();
    private final List<StoreEvent> events = new ArrayList<>();

    @TempDir
    private Path folder;

    private FileTokenStore store() throws StoreException {
        return FileTokenStore.open(folder, StoreKeys.of(KEY), clock, events::add);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals("ballast"))
                    .sorted()
                    .toList();
        }
    }

    private static String next(TokenSource source) throws TokenFetchException {
        return source.fetch().value().reveal();
    }

    @Test
    void aFullDiskLeavesWhatIsThere() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, PAGES)) {
            FileTokenStore store = store();
            long version =
                    store.save(ALICE, TokenStore.NOTHING, stored("a1", "r1")).orElseThrow();
            List<String> before = files();
            disk.fill();

            for (String access : List.of("a2", "a2".repeat(3_000))) {
                assertThatThrownBy(() -> {
                            var unused = store.save(ALICE, version, stored(access, "r2"));
                        })
                        .isInstanceOf(StoreException.class)
                        .hasMessage(folder.toRealPath() + "/" + ALICE.digest()
                                + ".token cannot be written (No space left on device)")
                        .extracting(e -> ((StoreException) e).unchanged())
                        .isEqualTo(true);
            }
            assertThat(store.lease(ALICE, "one", Duration.ofMinutes(1)))
                    .isEqualTo(new LeaseAnswer.Failed(folder.toRealPath() + "/" + ALICE.digest()
                            + ".lease cannot be read or written (No space left on device)"));

            assertThat(store.load(ALICE).map(Samples::access)).contains("a1");
            assertThat(files()).isEqualTo(before);
            disk.empty();
            assertThat(store.save(ALICE, version, stored("a3", "r3"))).isPresent();
        }
    }

    @Test
    void aTokenIsServedFromMemoryWhileTheDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, PAGES)) {
            List<String> used = new ArrayList<>();
            List<Runnable> meanwhile = new ArrayList<>(List.of(() -> fill(disk)));
            RotatingTokens alice = RotatingTokens.of(
                    ALICE,
                    store(),
                    refreshToken -> {
                        used.add(refreshToken.reveal());
                        meanwhile.forEach(Runnable::run);
                        meanwhile.clear();
                        return Samples.token("a" + used.size(), "r" + used.size(), clock.instant());
                    },
                    RotationSettings.DEFAULT.at(clock, clock::forward).events(events::add));
            alice.login(Samples.token("a0", "r0", clock.instant()));
            assertThat(next(alice)).isEqualTo("a0");
            events.clear();

            assertThat(next(alice)).isEqualTo("a1");
            // The lease that was given back left some room.
            disk.fill();
            assertThat(next(alice)).isEqualTo("a2");
            assertThat(events.stream().map(StoreEvent::kind))
                    .contains(StoreEvent.Kind.NOT_SAVED, StoreEvent.Kind.LEASE_FAILED);
            disk.empty();

            assertThat(next(alice)).isEqualTo("a3");
            assertThat(used).containsExactly("r0", "r1", "r2");
            assertThat(store().load(ALICE).map(Samples::access)).contains("a3");
        }
    }

    @Test
    void aFolderThatMayNotBeWrittenToServesAndRefreshesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, PAGES)) {
            FileTokenStore store = store();
            assertThat(store.save(ALICE, TokenStore.NOTHING, stored("a1", "r1")))
                    .isPresent();
            disk.readOnly(true);
            TestClock noon = new TestClock();
            noon.forward(Duration.between(noon.instant(), Samples.NOON));
            RotatingTokens alice = RotatingTokens.of(
                    ALICE,
                    store(),
                    refreshToken -> {
                        throw new AssertionError("nothing is to be sent");
                    },
                    RotationSettings.DEFAULT.at(noon, noon::forward).events(events::add));

            assertThat(next(alice)).isEqualTo("a1");
            TokenFetchException failure = catchThrowableOfType(TokenFetchException.class, alice::fetch);

            assertThat(failure.kind()).isEqualTo(TokenFetchException.Kind.RETRYABLE);
            assertThat(failure)
                    .hasMessageMatching("the refresh token of 'https://id.example shop alice' is not used without a"
                            + " lease, which the store cannot give: .*\\.lease cannot be read or written"
                            + " \\(Read-only file system\\)");
            disk.readOnly(false);
        }
    }

    @Test
    void aSecretIsReplacedAsAWholeOrNotAtAll() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, PAGES)) {
            SecretRef ref = new SecretRef("shop", "orders-client", "secret");
            FileSecretSink.in(folder).store(ref, Secret.of("first"));
            disk.fill();

            assertThatThrownBy(() -> FileSecretSink.in(folder).store(ref, Secret.of("canary".repeat(1_000))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the secret shop/orders-client/secret cannot be put into "
                            + folder.resolve("shop/orders-client") + " (No space left on device)");

            assertThat(folder.resolve("shop/orders-client/secret")).hasContent("first");
        }
    }

    private static void fill(SmallDisk disk) {
        try {
            disk.fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
