package dev.lintel.traffic.rollout.file;

import static dev.lintel.traffic.rollout.RolloutState.ABORTED;
import static dev.lintel.traffic.rollout.RolloutState.PAUSED;
import static dev.lintel.traffic.rollout.RolloutState.ROLLED_BACK;
import static dev.lintel.traffic.rollout.RolloutState.ROLLING_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.traffic.Split.Share;
import dev.lintel.traffic.rollout.RolloutException;
import dev.lintel.traffic.rollout.RolloutRecord;
import dev.lintel.traffic.rollout.RolloutStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FileRolloutStoreTest {
    private static final List<Share> ORIGINAL = List.of(new Share("v2", 10), new Share("v1", 90));
    private static final RolloutRecord PAUSE = new RolloutRecord(
            "orders.shop", "v2", List.of(25, 100), ORIGINAL, PAUSED, 1, 0, ROLLED_BACK, false, "by \"hand\"");
    private static final String TEXT = """
            {
              "kind" : "Rollout/v1",
              "api" : "orders.shop",
              "version" : "v2",
              "steps" : [ 25, 100 ],
              "original" : {
                "v2" : 10,
                "v1" : 90
              },
              "state" : "paused",
              "step" : 2,
              "set" : 1,
              "end" : "rolled-back",
              "keep" : false,
              "why" : "by \\"hand\\""
            }""";

    @TempDir
    Path folder;

    private RolloutStore.Held open() {
        return FileRolloutStore.in(folder.resolve("rollouts")).open("orders.shop", "the test");
    }

    private Path file() {
        return folder.resolve("rollouts/orders.shop.json");
    }

    @Test
    void anApiThatCouldNotBeTakenIsNotHeld() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::open)
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("ClosedByInterruptException");
        assertThat(Thread.interrupted()).isTrue();
        try (RolloutStore.Held held = open()) {
            assertThat(held.read()).isEmpty();
        }
    }

    @Test
    void aRecordIsTextThatPeopleCanRead() throws IOException {
        try (RolloutStore.Held held = open()) {
            assertThat(held.read()).isEmpty();
            held.write(PAUSE);
        }
        assertThat(Files.readString(file()).replace("\r\n", "\n")).isEqualTo(TEXT);
        try (RolloutStore.Held held = open()) {
            assertThat(held.read()).contains(PAUSE);
        }
    }

    @Test
    void theLastRecordCountsAndNothingElseIsLeft() throws IOException {
        RolloutRecord back = new RolloutRecord(
                "orders.shop", "v2", List.of(25, 100), ORIGINAL, ROLLING_BACK, 0, -1, ABORTED, true, "");
        try (RolloutStore.Held held = open()) {
            Files.writeString(file().resolveSibling("orders.shop.json.new"), "left over from a crash");
            held.write(PAUSE);
            held.write(back);
            assertThat(held.read()).contains(back);
        }
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("orders.shop.json", "orders.shop.lock");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsDamagedOrForeignIsAClearFailure() {
        return Stream.of(
                        new String[] {"it is not JSON, or only a part of it", TEXT.substring(0, 100)},
                        new String[] {"its kind is not Rollout/v1", ""},
                        new String[] {"its kind is not Rollout/v1", "{}"},
                        new String[] {"its kind is not Rollout/v1", "[1]"},
                        new String[] {"its kind is not Rollout/v1", TEXT.replace("Rollout/v1", "Rollout/v2")},
                        new String[] {"it is about 'bills.shop'", TEXT.replace("orders.shop", "bills.shop")},
                        new String[] {
                            "it has a member that is not known, 'more'",
                            TEXT.replace("\"why\"", "\"more\" : 1, \"why\"")
                        },
                        new String[] {"it is not JSON, or only a part of it", TEXT.replace("\"set\"", "\"step\"")},
                        new String[] {"it has no 'set'", TEXT.replace("\"set\" : 1,", "")},
                        new String[] {"its 'step' is no whole number", TEXT.replace("\"step\" : 2", "\"step\" : \"2\"")
                        },
                        new String[] {
                            "a rollout of 2 steps that is PAUSED has no step 7 (counted from 0)",
                            TEXT.replace("\"step\" : 2", "\"step\" : 8")
                        },
                        new String[] {
                            "the weights of step 4 cannot be set before step 1 (counted from 0)",
                            TEXT.replace("\"set\" : 1", "\"set\" : 5")
                        },
                        new String[] {"'asleep' is no state of a rollout", TEXT.replace("paused", "asleep")},
                        new String[] {
                            "a roll back ends in ROLLED_BACK or ABORTED, but was to end in PENDING",
                            TEXT.replace("rolled-back", "pending")
                        },
                        new String[] {"its 'keep' is neither true nor false", TEXT.replace("false", "\"no\"")},
                        new String[] {
                            "a weight must be 0 to 100 percent, but 'v1' was given 900", TEXT.replace("90", "900")
                        })
                .map(bad -> DynamicTest.dynamicTest(bad[0], () -> {
                    Path place = Files.createTempDirectory(folder, "bad");
                    Path file = place.toRealPath().resolve("orders.shop.json");
                    Files.writeString(file, bad[1]);
                    try (RolloutStore.Held held = FileRolloutStore.in(place).open("orders.shop", "the test")) {
                        assertThatThrownBy(held::read)
                                .isInstanceOf(RolloutException.class)
                                .hasMessage(file + " is not the record of a rollout of 'orders.shop': " + bad[0]
                                        + "; look at the weights that are in force, then delete it to begin anew");
                    }
                }));
    }

    @Test
    void whatIsTooLargeIsNotRead() throws IOException {
        try (RolloutStore.Held held = open()) {
            Files.writeString(file(), " ".repeat(70_000));
            assertThatThrownBy(held::read)
                    .hasMessage("the record of the rollout of 'orders.shop' cannot be read from " + file().toRealPath()
                            + " (IOException: it has more than 65536 bytes)");
        }
    }

    @Test
    void anApiIsHeldByOneAtATimeWhoIsNamed() {
        RolloutStore.Held held = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(RolloutException.class)
                .hasMessage("'orders.shop' is being rolled out by the test; wait until that has ended, or abort it"
                        + " there");
        try (RolloutStore.Held other =
                FileRolloutStore.in(folder.resolve("rollouts")).open("bills.shop", "the test")) {
            assertThat(other.read()).isEqualTo(Optional.empty());
        }
        held.close();
        open().close();
    }

    @Test
    void namesThatLeaveTheFolderAreRefused() {
        assertThatThrownBy(() -> FileRolloutStore.in(folder).open("../orders", "the test"))
                .hasMessage("an API is 'name.namespace', for example 'orders.shop', but was '../orders'");
    }

    @Test
    void aFolderThatIsNoneIsAClearFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> FileRolloutStore.in(file).open("orders.shop", "the test"))
                .isInstanceOf(RolloutException.class)
                .hasMessage("the rollout of 'orders.shop' cannot be recorded in " + file
                        + " (FileAlreadyExistsException: " + file + ")");
    }
}
