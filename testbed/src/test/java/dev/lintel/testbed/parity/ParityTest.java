package dev.lintel.testbed.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.RealMesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A definition decides the same in the evaluator, in the gateway of this JVM, in a mesh of real Envoys, and as its objects in
 * the cluster are read, up to the deviations that a plan tells and a case names.
 */
@RealMesh
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ParityTest {
    private static final int LEAST = 300;
    /** Pages show it. */
    private static final Path TABLE = Path.of("src", "test", "golden", "parity.md");

    private final Plane plane;

    ParityTest(Plane plane) {
        this.plane = plane;
    }

    @Test
    void everyCaseIsAnsweredAlikeInAllWorlds() throws IOException {
        try (Bed bed = new Bed(plane)) {
            List<CaseFile> files = CaseFile.all(bed.values());
            List<Definition> definitions = new ArrayList<>();
            files.forEach(file -> definitions.addAll(file.definitions()));
            bed.decide();
            files.forEach(file -> {
                bed.open(file.hosts());
                bed.start(file.workloads());
            });
            Worlds worlds = bed.apply(definitions);
            worlds.awaitMesh(
                    files.stream().flatMap(file -> file.asks().stream()).toList());
            worlds.awaitExits(
                    files.stream().flatMap(file -> file.exits().stream()).toList());

            Table table = new Table();
            for (CaseFile file : files) {
                for (Ask ask : file.asks()) {
                    table.add(file.policy(), ask.code(), worlds.differences(ask));
                }
                for (Exit exit : file.exits()) {
                    table.add(file.policy(), exit.code(), worlds.differences(exit));
                }
            }

            files.forEach(file -> file.hostsOfNobody()
                    .forEach(host -> assertThat(bed.seen(host)).as(host).isZero()));

            System.out.println(table.markdown());
            assertThat(table.wrong()).isEmpty();
            assertThat(table.cases()).isGreaterThanOrEqualTo(LEAST);
            if ("write".equals(System.getProperty("golden"))) {
                Files.writeString(TABLE, table.markdown());
            }
            assertThat(table.markdown())
                    .as("%s (rewrite with -Dgolden=write)", TABLE)
                    .isEqualTo(Files.readString(TABLE));
        }
    }
}
