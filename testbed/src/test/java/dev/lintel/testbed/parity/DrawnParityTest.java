package dev.lintel.testbed.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.RealMesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is drawn, all worlds answer it alike, up to the statuses of which a plan says that a mesh has others. */
@RealMesh
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DrawnParityTest {
    private static final long SEED = Long.getLong("seed", 1);
    private static final int ROUNDS = 4;
    private static final int ROUTED = 12;
    private static final List<String> PROTECTED = List.of("p1", "p2", "p3");
    private static final int REQUESTS = 34;

    private final Plane plane;

    DrawnParityTest(Plane plane) {
        this.plane = plane;
    }

    @Test
    void whateverIsDrawnIsAnsweredAlikeInAllWorlds() {
        int asked = 0;
        try (Bed bed = new Bed(plane)) {
            String namespace = Objects.requireNonNull(bed.values().get("one"));
            List<String> workloads = new ArrayList<>(List.of("echo v1", "echo v2", "caller v1"));
            PROTECTED.forEach(name -> workloads.add(name + " v1"));
            bed.start(workloads.stream()
                    .map(name -> name.replace(" ", "." + namespace + " "))
                    .toList());
            RandomCases cases =
                    new RandomCases(SEED, Objects.requireNonNull(bed.values().get("issuer")), namespace);
            for (int round = 1; round <= ROUNDS; round++) {
                List<Definition> definitions = new ArrayList<>();
                List<Ask> asks = new ArrayList<>();
                for (int i = 0; i < ROUTED + PROTECTED.size(); i++) {
                    boolean isProtected = i >= ROUTED;
                    String service = isProtected ? PROTECTED.get(i - ROUTED) : "r" + i;
                    definitions.add(cases.definition(service, isProtected, "r" + round));
                    for (int j = 0; j < REQUESTS; j++) {
                        asks.add(cases.ask("seed " + SEED + ", round " + round, service + "." + namespace));
                    }
                }
                Worlds worlds = bed.apply(definitions);
                Asked likeMesh = bed.likeMesh(definitions);
                List<Ask> expecting = asks.stream()
                        .map(ask -> ask.expecting(worlds.evaluator().answer(ask)))
                        .toList();
                worlds.awaitMesh(expecting, likeMesh);
                List<String> wrong = expecting.stream()
                        .flatMap(ask -> worlds.differences(ask, likeMesh).stream())
                        .toList();
                assertThat(wrong).as("%s", definitions).isEmpty();
                asked += asks.size();
            }
        }
        System.out.println(asked + " drawn requests were answered alike in four worlds, seed " + SEED);
        assertThat(asked).isGreaterThanOrEqualTo(2_000);
    }
}
