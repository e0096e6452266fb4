package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every pattern and every pair of patterns of a small world, compared with the paths they match. */
class PathPatternPropertyTest {
    @Test
    void matchesTheSamePathsAsItsRegularExpression() {
        for (PathPattern pattern : Generated.PATTERNS) {
            List<String> matched =
                    Generated.PATHS.stream().filter(pattern::matches).toList();
            assertThat(matched).as(pattern.toString()).isEqualTo(Generated.matching(pattern));
        }
    }

    @Test
    void coversAnotherExactlyIfItMatchesAllItsPaths() {
        eachPair((a, b, pathsOfA, pathsOfB) ->
                assertThat(a.covers(b)).as(a + " covers " + b).isEqualTo(pathsOfA.containsAll(pathsOfB)));
    }

    @Test
    void isTheSameAsAnotherExactlyIfBothMatchTheSamePaths() {
        eachPair((a, b, pathsOfA, pathsOfB) ->
                assertThat(a.sameAs(b)).as(a + " is " + b).isEqualTo(pathsOfA.equals(pathsOfB)));
    }

    @Test
    void intersectsAnotherInExactlyTheCommonPaths() {
        eachPair((a, b, pathsOfA, pathsOfB) -> {
            Set<String> both = new HashSet<>(pathsOfA);
            both.retainAll(pathsOfB);
            Set<String> found =
                    a.intersect(b).map(PathPatternPropertyTest::paths).orElse(Set.of());
            assertThat(found).as(a + " and " + b).isEqualTo(both);
        });
    }

    private interface Check {
        void of(PathPattern a, PathPattern b, Set<String> pathsOfA, Set<String> pathsOfB);
    }

    private static void eachPair(Check check) {
        List<Set<String>> paths =
                Generated.PATTERNS.stream().map(PathPatternPropertyTest::paths).toList();
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < paths.size(); j++) {
                check.of(Generated.PATTERNS.get(i), Generated.PATTERNS.get(j), paths.get(i), paths.get(j));
            }
        }
    }

    private static Set<String> paths(PathPattern pattern) {
        return new HashSet<>(Generated.matching(pattern));
    }
}
