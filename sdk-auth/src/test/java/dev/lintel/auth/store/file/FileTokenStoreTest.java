package dev.lintel.auth.store.file;

import static dev.lintel.auth.store.Samples.ALICE;
import static dev.lintel.auth.store.Samples.KEY;
import static dev.lintel.auth.store.Samples.key;
import static dev.lintel.auth.store.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.EntryKey;
import dev.lintel.auth.store.LeaseAnswer;
import dev.lintel.auth.store.Samples;
import dev.lintel.auth.store.StoreEvent;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKey;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.TokenStoreContract;
import dev.lintel.auth.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokenStoreTest extends TokenStoreContract {
    private static final String CHANGED = "it was changed, moved from another name, or cut off";
    private static final String FOREIGN = "it is not an entry of a format that is known";

    private final TestClock clock = new TestClock();
    private final List<StoreEvent> events = new ArrayList<>();

    @TempDir
    private Path folder;

    @Override
    protected TokenStore store() throws StoreException {
        return store(KEY);
    }

    @Override
    protected TokenStore beside() throws StoreException {
        return store();
    }

    @Override
    protected void longAfter() {
        clock.forward(Duration.ofHours(2));
    }

    private FileTokenStore store(StoreKey current, StoreKey... older) throws StoreException {
        return FileTokenStore.open(folder, StoreKeys.of(current, older), clock, events::add);
    }

    private Path file() {
        return folder.resolve(ALICE.digest() + ".token");
    }

    private void write(String access) throws StoreException {
        assertThat(store().save(ALICE, TokenStore.NOTHING, stored(access, "r"))).isPresent();
    }

    private String toldOnce() {
        assertThat(events).hasSize(1);
        StoreEvent event = events.remove(0);
        assertThat(event.kind()).isEqualTo(StoreEvent.Kind.UNREADABLE);
        assertThat(event.key()).isEqualTo(ALICE);
        return event.detail();
    }

    @Test
    void eachByteThatIsChangedMakesAMiss() throws Exception {
        write("a");
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << i % 8);
            Files.write(file(), bad);
            assertThat(store().load(ALICE)).as("byte " + i).isEmpty();
            String none = "the key that it is encrypted with is none of [store key " + KEY.id() + "]";
            assertThat(toldOnce()).as("byte " + i).isEqualTo(i < 4 ? FOREIGN : i < 12 ? none : CHANGED);
        }
        Files.write(file(), good);
        assertThat(store().load(ALICE)).isPresent();
    }

    @Test
    void whatIsCutOffOrGoesOnIsAMiss() throws Exception {
        write("a");
        byte[] good = Files.readAllBytes(file());
        for (int length = 0; length < good.length; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(store().load(ALICE)).as(length + " bytes").isEmpty();
            assertThat(toldOnce()).as(length + " bytes").isEqualTo(length <= 40 ? FOREIGN : CHANGED);
        }
        for (int more : List.of(1, 1 << 20)) {
            Files.write(file(), Arrays.copyOf(good, good.length + more));
            assertThat(store().load(ALICE)).isEmpty();
            assertThat(toldOnce()).isEqualTo(CHANGED);
        }
    }

    @Test
    void anEntryThatIsMovedToAnotherNameIsAMiss() throws Exception {
        EntryKey bob = EntryKey.of("bob");
        assertThat(store().save(bob, TokenStore.NOTHING, stored("bob's", "r"))).isPresent();
        Files.move(folder.resolve(bob.digest() + ".token"), file());

        assertThat(store().load(ALICE)).isEmpty();
        assertThat(toldOnce()).isEqualTo(CHANGED);
    }

    @Test
    void anotherKeyReadsNothing() throws Exception {
        write("a");

        assertThat(store(key(2)).load(ALICE)).isEmpty();
        assertThat(toldOnce())
                .isEqualTo("the key that it is encrypted with is none of [store key " + key(2).id() + "]");
    }

    @Test
    void whatCannotBeReadIsWrittenOver() throws Exception {
        write("a");
        Files.write(file(), new byte[] {1, 2, 3});

        write("b");

        assertThat(store().load(ALICE).map(Samples::access)).contains("b");
    }

    @Test
    void aKeyIsReplacedWhileEntriesOfTheOldOneAreThere() throws Exception {
        write("a");
        FileTokenStore both = store(key(2), KEY);

        long version = both.load(ALICE).orElseThrow().version();
        assertThat(both.save(ALICE, version, stored("b", "r"))).isPresent();

        assertThat(store(key(2)).load(ALICE).map(Samples::access)).contains("b");
        assertThat(store(KEY).load(ALICE)).isEmpty();
    }

    @Test
    void nothingIsReadableByOthersOrInClear() throws Exception {
        Path made = folder.resolve("a/b");
        FileTokenStore store = FileTokenStore.open(made, StoreKeys.of(KEY), clock, events::add);
        assertThat(store.save(ALICE, TokenStore.NOTHING, stored("canary-access", "canary-refresh")))
                .isPresent();
        assertThat(acquired(store.lease(ALICE, "one", Duration.ofMinutes(1))).owner())
                .isEqualTo("one");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(made)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1) + file)
                        .doesNotContain("canary", "alice", "shop");
            }
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        write("a");
        Path elsewhere = Files.move(file(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(file(), elsewhere);

        assertThat(store().load(ALICE)).isEmpty();
        assertThat(toldOnce()).isEqualTo(FOREIGN);
        write("b");
        assertThat(Files.isSymbolicLink(file())).isFalse();
        assertThat(store().load(ALICE).map(Samples::access)).contains("b");
    }

    @Test
    void whatACrashLeftBesideTheFileIsOfNoAccount() throws Exception {
        Path beside = folder.resolve(ALICE.digest() + ".token.new");
        Files.writeString(beside, "half of someth");

        write("a");

        assertThat(beside).doesNotExist();
        assertThat(store().load(ALICE).map(Samples::access)).contains("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "half", "1\n2\n", "99999999999999\n7\none\n", "1\n99999999999999999999\none\n", "x\n1\none\n"
            })
    void aLeaseThatMakesNoSenseHoldsNobodyUp(String text) throws Exception {
        Files.writeString(folder.resolve(ALICE.digest() + ".lease"), text);

        assertThat(acquired(store().lease(ALICE, "two", Duration.ofMinutes(1))).owner())
                .isEqualTo("two");
    }

    @Test
    void anOwnerCannotForgeALease() throws Exception {
        String owner = "one\n1\n1\n" + "x".repeat(300);
        assertThat(acquired(store().lease(ALICE, owner, Duration.ofMinutes(1))).owner())
                .isEqualTo(owner);

        LeaseAnswer answer = store().lease(ALICE, "two", Duration.ofMinutes(1));

        assertThat(answer)
                .isEqualTo(new LeaseAnswer.Held(
                        "one?1?1?" + "x".repeat(192), clock.instant().plusSeconds(60)));
    }

    @Test
    void anEntryThatIsTooLargeIsRefusedBeforeItIsWritten() throws Exception {
        write("a");
        long version = store().load(ALICE).orElseThrow().version();

        assertThatThrownBy(() -> {
                    var unused = store().save(ALICE, version, stored("b".repeat(256 * 1024), "r"));
                })
                .isInstanceOf(StoreException.class)
                .hasMessageMatching(".*/[0-9a-f]{64}\\.token cannot be written"
                        + " \\(an entry may have 262144 bytes, but has 262\\d{3}\\)");
        assertThat(store().load(ALICE).map(Samples::access)).contains("a");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> {
                    var unused = FileTokenStore.open(file, KEY);
                })
                .isInstanceOf(StoreException.class)
                .hasMessage("the folder for tokens " + file + " cannot be used (FileAlreadyExistsException)");
    }

    @Test
    void aFolderThatEverybodyMayWriteToIsRefused() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> {
                    var unused = FileTokenStore.open(folder, KEY);
                })
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "everybody may write to " + folder + ", where tokens are to be stored: take that right away");
    }

    @Test
    void aFolderThatIsGoneIsAFailureAndNoMiss() throws Exception {
        TokenStore store = store();
        Files.delete(folder);

        assertThat(store.load(ALICE)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> {
                    var unused = store.save(ALICE, TokenStore.NOTHING, stored("a", "r"));
                })
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith(".token cannot be written (NoSuchFileException)");
        assertThat(store.lease(ALICE, "one", Duration.ofMinutes(1))).isInstanceOf(LeaseAnswer.Failed.class);
        Files.createDirectory(folder);
    }
}
