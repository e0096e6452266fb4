package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    @Test
    void theMoreSpecificIsAskedFirst() {
        List<Match> ordered = List.of(
                Match.match("GET /a/b").header("x", "1").query("q", "1"),
                Match.match("GET /a/b").header("x", "1"),
                Match.match("GET /a/b").query("q", "1"),
                Match.match("GET /a/b"),
                Match.match("/a/b").header("x", "1").header("y", "1"),
                Match.match("/a/b"),
                Match.match("/a"),
                Match.match("/"),
                Match.match("/a/b/{x}"),
                Match.match("GET /a/{x}"),
                Match.match("/a/{x}"),
                Match.match("/{x}/b"),
                Match.match("/{x}/{y}"),
                Match.match("/a/b/**"),
                Match.match("/a/{x}/**"),
                Match.match("/{x}/b/**"),
                Match.match("/a/**"),
                Match.match("GET /**"),
                Match.any());
        for (int seed = 0; seed < 50; seed++) {
            List<Match> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(Precedence.ORDER);
            assertThat(shuffled).as("seed " + seed).isEqualTo(ordered);
        }
    }

    @Test
    void whatIsEqualInRankKeepsTheOrderOfSaying() {
        assertThat(Precedence.ORDER.compare(Match.match("GET /a/{x}"), Match.match("POST /a/{y}")))
                .isZero();
        assertThat(Precedence.ORDER.compare(Match.match("GET /a"), Match.match("GET,POST /b")))
                .isZero();
    }

    @Test
    void itIsATotalPreorder() {
        List<Match> some = some(new Random(11), 70);
        for (Match a : some) {
            for (Match b : some) {
                int ab = Integer.signum(Precedence.ORDER.compare(a, b));
                assertThat(ab).isEqualTo(-Integer.signum(Precedence.ORDER.compare(b, a)));
                for (Match c : some) {
                    if (ab <= 0 && Precedence.ORDER.compare(b, c) <= 0 && Precedence.ORDER.compare(a, c) > 0) {
                        assertThat(List.of(a, b, c)).as("transitive").isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void aPatternThatCoversAnotherOneIsNeverAskedBeforeIt() {
        for (PathPattern a : Generated.PATTERNS) {
            for (PathPattern b : Generated.PATTERNS) {
                if (a.covers(b) && !b.covers(a)) {
                    assertThat(Precedence.ofPaths().compare(b, a))
                            .as(b + " before " + a)
                            .isNegative();
                }
            }
        }
    }

    private static List<Match> some(Random random, int size) {
        List<Match> some = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            PathPattern path = Generated.PATTERNS.get(random.nextInt(Generated.PATTERNS.size()));
            Match match = Match.of(new Endpoint(random.nextBoolean() ? List.of() : List.of("GET"), path));
            for (int n = random.nextInt(3); n > 0; n--) {
                match = match.header("h" + n, "1");
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                match = match.query("q" + n, "1");
            }
            some.add(match);
        }
        return some;
    }
}
