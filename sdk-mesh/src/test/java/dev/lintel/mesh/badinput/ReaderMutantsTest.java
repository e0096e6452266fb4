package dev.lintel.mesh.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.imports.Imported;
import dev.lintel.mesh.lint.Lint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Objects of the goldens in which one node is another one: whoever reads them says a problem, or what they mean now, and
 * never throws. {@code -Dmutants} are made of each golden, {@code -Dseed} draws them.
 */
class ReaderMutantsTest {
    private static final int MUTANTS = Integer.getInteger("mutants", 24);
    private static final long SEED = Long.getLong("seed", 1);

    /** What a network lets in is asked in the proxies as well: this kind is not read where it is about that. */
    private static final String ASKED_IN_PROXIES = "NetworkPolicy";

    @Test
    void aNodeOfAnotherTypeIsNeverThrown() {
        List<String> thrown = new ArrayList<>();
        int changed = 0;
        int told = 0;
        int other = 0;
        for (Written golden : Written.all()) {
            Read was = golden.dialect().read(golden.manifests());
            Random random = new Random(SEED + golden.name().hashCode());
            for (int i = 0; i < MUTANTS; i++) {
                Changed change = new Changed(random.nextLong());
                List<Manifest> mutant = mutant(golden.manifests(), random, change::tree);
                try {
                    Read now = golden.dialect().read(mutant);
                    changed++;
                    told += now.problems().equals(was.problems()) ? 0 : 1;
                    other += now.model().equals(was.model()) ? 0 : 1;
                    assertThat(now.problems()).allSatisfy(ReaderMutantsTest::namesItsPlace);
                    assertThat(Lint.of(mutant)).doesNotContainNull();
                    if (i % 4 == 0) {
                        Imported imported = Import.by(golden.dialect()).manifests(unmarked(mutant));
                        assertThat(imported.problems()).allSatisfy(ReaderMutantsTest::namesItsPlace);
                    }
                } catch (RuntimeException | StackOverflowError | AssertionError e) {
                    thrown.add(golden.name() + ": " + change.place() + ": " + e + " at " + at(e));
                }
            }
        }
        System.out.printf("%d objects changed: %d told, %d of another meaning%n", changed, told, other);
        assertThat(thrown.stream().limit(20)).isEmpty();
        assertThat(told).isGreaterThan(changed / 3);
        assertThat(other).isGreaterThan(changed / 6);
    }

    @Test
    void aFieldThatNobodyKnowsIsTold() {
        Map<String, String> silent = new TreeMap<>();
        int changed = 0;
        for (Written golden : Written.all()) {
            Read was = golden.dialect().read(golden.manifests());
            assertThat(was.problems()).as(golden.name()).isEmpty();
            Random random = new Random(SEED + golden.name().hashCode());
            for (int i = 0; i < MUTANTS / 2; i++) {
                Changed change = new Changed(random.nextLong());
                List<Manifest> mutant = mutant(golden.manifests(), random, change::more);
                Read now = golden.dialect().read(mutant);
                changed++;
                if (now.equals(was)) {
                    int at = 0;
                    while (mutant.get(at).equals(golden.manifests().get(at))) {
                        at++;
                    }
                    String kind = mutant.get(at).kind();
                    if (!kind.equals(ASKED_IN_PROXIES)) {
                        silent.put(kind + " " + change.place().replaceAll("[0-9]+", "n"), golden.name());
                    }
                }
            }
        }
        assertThat(changed).isGreaterThan(1_000);
        assertThat(silent).isEmpty();
    }

    private interface Change {
        Map<String, Object> of(Map<String, Object> tree);
    }

    private static List<Manifest> mutant(List<Manifest> manifests, Random random, Change change) {
        List<Manifest> mutant = new ArrayList<>(manifests);
        int which = random.nextInt(manifests.size());
        Manifest one = manifests.get(which);
        // A node of an empty spec cannot be changed.
        Map<String, Object> spec = one.spec().isEmpty() ? Map.of("mutant", "") : change.of(one.spec());
        mutant.set(which, one.withSpec(spec));
        return mutant;
    }

    /** Objects of somebody else carry no labels of ours. */
    private static List<Manifest> unmarked(List<Manifest> manifests) {
        List<Manifest> unmarked = new ArrayList<>();
        for (Manifest one : manifests) {
            Map<String, String> labels = new LinkedHashMap<>(one.labels());
            labels.remove(Manifest.MANAGED_BY);
            labels.remove(Manifest.API);
            unmarked.add(new Manifest(
                    one.apiVersion(), one.kind(), one.namespace(), one.name(), labels, Map.of(), one.spec()));
        }
        return unmarked;
    }

    private static void namesItsPlace(Problem problem) {
        assertThat(problem.path()).isNotBlank();
        assertThat(problem.message()).isNotBlank();
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        for (StackTraceElement one : trace) {
            if (one.getClassName().startsWith("dev.lintel.")
                    && !one.getClassName().contains("badinput")) {
                return String.valueOf(one);
            }
        }
        return "";
    }
}
