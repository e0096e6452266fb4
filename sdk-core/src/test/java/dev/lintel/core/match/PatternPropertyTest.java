package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What patterns say about each other, held against all paths of a small world. */
class PatternPropertyTest {
    private static final List<String> LITERALS = List.of("a", "b", "ab");
    private static final List<String> PATHS = paths();

    private final long seed = System.nanoTime();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void intersectionsHoldExactlyTheCommonPaths() {
        for (int i = 0; i < 3000; i++) {
            PathPattern a = pattern();
            PathPattern b = pattern();
            Optional<PathPattern> common = a.intersect(b);
            for (String path : PATHS) {
                boolean both = a.matches(path) && b.matches(path);
                assertThat(common.isPresent() && common.get().matches(path))
                        .as("%s and %s at %s, seed %d", a, b, path, seed)
                        .isEqualTo(both);
            }
        }
    }

    @Test
    void aPatternCoversAnotherIfItMatchesAllItsPaths() {
        for (int i = 0; i < 3000; i++) {
            PathPattern a = pattern();
            PathPattern b = pattern();
            boolean all = PATHS.stream().filter(b::matches).allMatch(a::matches);
            assertThat(a.covers(b)).as("%s over %s, seed %d", a, b, seed).isEqualTo(all);
        }
    }

    @Test
    void everyPathLiesInOneMostSpecificRegionInWhichAllPatternsAgree() {
        for (int i = 0; i < 500; i++) {
            List<PathPattern> patterns = List.of(pattern(), pattern(), pattern(), pattern());
            List<PathPattern> regions = Regions.of(patterns);
            for (String path : PATHS) {
                Optional<PathPattern> first =
                        regions.stream().filter(r -> r.matches(path)).findFirst();
                for (PathPattern pattern : patterns) {
                    assertThat(first.isPresent() && pattern.covers(first.get()))
                            .as("%s in %s of %s, seed %d", path, first, patterns, seed)
                            .isEqualTo(pattern.matches(path));
                }
            }
        }
    }

    @Test
    void theOrderOfPathsIsTransitive() {
        for (int i = 0; i < 20_000; i++) {
            PathPattern a = pattern();
            PathPattern b = pattern();
            PathPattern c = pattern();
            if (order(a, b) <= 0 && order(b, c) <= 0) {
                assertThat(order(a, c)).as("%s, %s, %s, seed %d", a, b, c, seed).isLessThanOrEqualTo(0);
            }
            assertThat(order(a, b)).as("%s, %s, seed %d", a, b, seed).isEqualTo(-order(b, a));
        }
    }

    private static int order(PathPattern a, PathPattern b) {
        return Integer.signum(Precedence.ofPaths().compare(a, b));
    }

    private PathPattern pattern() {
        List<String> segments = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            segments.add(random.nextInt(3) == 0 ? "{x}" : LITERALS.get(random.nextInt(3)));
        }
        return new PathPattern(segments, random.nextBoolean());
    }

    /** All paths of up to five segments, so that every pattern of up to three is told from every other. */
    private static List<String> paths() {
        List<String> all = new ArrayList<>(List.of(""));
        List<String> level = List.of("");
        for (int depth = 0; depth < 5; depth++) {
            List<String> next = new ArrayList<>();
            for (String path : level) {
                for (String segment : depth < 4 ? List.of("a", "b", "ab", "z") : List.of("z")) {
                    next.add(path + "/" + segment);
                }
            }
            all.addAll(next);
            level = next;
        }
        all.set(0, "/");
        return all;
    }
}
