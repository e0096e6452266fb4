package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionsTest {
    @Test
    void areThePatternsAndAllTheirIntersections() {
        assertThat(Regions.of(
                        List.of(PathPattern.parse("/a/**"), PathPattern.parse("/{x}/b"), PathPattern.parse("/{y}/b"))))
                .extracting(PathPattern::toString)
                .containsExactly("/a/b", "/{x}/b", "/a/**");
    }

    @Test
    void areClosedUnderIntersection() {
        eachChoice((patterns, regions) -> {
            for (PathPattern a : regions) {
                for (PathPattern b : regions) {
                    a.intersect(b)
                            .ifPresent(both -> assertThat(regions)
                                    .as(patterns + ": " + both)
                                    .anyMatch(both::sameAs));
                }
            }
        });
    }

    @Test
    void everyPathHasExactlyOneMostSpecificRegion() {
        eachChoice((patterns, regions) -> {
            for (String path : Generated.PATHS) {
                List<PathPattern> matching =
                        regions.stream().filter(region -> region.matches(path)).toList();
                List<PathPattern> narrowest = matching.stream()
                        .filter(region -> matching.stream().allMatch(other -> other.covers(region)))
                        .toList();
                assertThat(narrowest).as(patterns + " on " + path).hasSize(matching.isEmpty() ? 0 : 1);
                assertThat(narrowest)
                        .as("the first that matches")
                        .isEqualTo(matching.stream().limit(1).toList());
            }
        });
    }

    @Test
    void insideARegionAllPatternsAnswerAlike() {
        eachChoice((patterns, regions) -> {
            for (String path : Generated.PATHS) {
                regions.stream()
                        .filter(region -> region.matches(path))
                        .findFirst()
                        .ifPresent(region -> assertThat(patterns.stream()
                                        .filter(pattern -> pattern.matches(path))
                                        .toList())
                                .as(path + " in " + region)
                                .isEqualTo(patterns.stream()
                                        .filter(pattern -> pattern.covers(region))
                                        .toList()));
            }
        });
    }

    @Test
    void refusesPatternsThatOverlapInTooManyWays() {
        List<PathPattern> patterns = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 13; j++) {
                text.append(i == j ? "/a" : "/{x}");
            }
            patterns.add(PathPattern.parse(text.toString()));
        }
        assertThatThrownBy(() -> Regions.of(patterns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path patterns overlap in more than 4096 ways");
    }

    private interface Check {
        void of(List<PathPattern> patterns, List<PathPattern> regions);
    }

    private static void eachChoice(Check check) {
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            List<PathPattern> patterns = new ArrayList<>();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                patterns.add(Generated.PATTERNS.get(random.nextInt(Generated.PATTERNS.size())));
            }
            check.of(patterns, Regions.of(patterns));
        }
    }
}
