package dev.lintel.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A judge that explains everything would find nothing. */
class JudgeTest {
    private static final long SECOND = 1_000_000;
    private static final Judge.Rules RULES = new Judge.Rules(
            3,
            5,
            SECOND / 2,
            2 * SECOND,
            SECOND,
            Map.of("v1", List.of("v1-a", "v1-c"), "v2", List.of("v2-a")),
            "v1-c",
            100 * SECOND);

    private static Judge judge(Sighting... sightings) {
        return new Judge(RULES, List.of(sightings));
    }

    private static Outcome outcome(long id, String version, int status, String servedBy, String detail, long micros) {
        return new Outcome(id, version, 0, status, servedBy, false, detail, micros);
    }

    /** Five failures in the first five tenths of a second. */
    private static Judge sick() {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sightings.add(new Sighting("v2-a", i, Fate.UNAVAILABLE, i * SECOND / 10, 0));
        }
        return new Judge(RULES, sightings);
    }

    @Test
    void nobodyIsLeftOnlyAsLongAsAllAreOut() {
        for (int second : List.of(1, 2, 3)) {
            assertThat(sick().explain(outcome(9, "v2", 503, "", Fleet.NONE_LEFT, second * SECOND)))
                    .isEqualTo(Verdict.NONE_LEFT);
        }
        for (int second : List.of(5, 20, 59)) {
            assertThat(sick().explain(outcome(9, "v2", 503, "", Fleet.NONE_LEFT, second * SECOND)))
                    .isEqualTo(Verdict.UNEXPLAINED);
        }
    }

    @Test
    void anAnswerIsOfTheOriginThatSawItsLastTry() {
        Judge judge = judge(
                new Sighting("v2-a", 1, Fate.OK, SECOND, 0),
                new Sighting("v1-a", 2, Fate.OK, SECOND, 0),
                new Sighting("v2-a", 3, Fate.ERROR, SECOND, 0),
                new Sighting("v2-a", 4, Fate.OK, SECOND, 7));
        assertThat(judge.explain(outcome(1, "v2", 200, "v2-a", "", SECOND))).isEqualTo(Verdict.SERVED);
        assertThat(judge.explain(outcome(1, "v2", 200, "v2-b", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(judge.explain(outcome(2, "v2", 200, "v1-a", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(judge.explain(outcome(3, "v2", 200, "v2-a", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(judge.explain(outcome(3, "v2", 500, "v2-a", "", SECOND))).isEqualTo(Verdict.PASSED_ON);
        assertThat(judge.explain(outcome(4, "v2", 200, "v2-a", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
    }

    @Test
    void aCutConnectionIsReplacedOnceAndNoTryMore() {
        Judge judge = judge(
                new Sighting("v1-a", 1, Fate.RESET, SECOND, 0),
                new Sighting("v1-a", 1, Fate.UNAVAILABLE, SECOND + 1, 0),
                new Sighting("v1-b", 1, Fate.UNAVAILABLE, SECOND + 2, 0),
                new Sighting("v1-a", 1, Fate.OK, SECOND + 3, 0),
                new Sighting("v1-a", 2, Fate.RESET, SECOND, 0),
                new Sighting("v1-b", 2, Fate.UNAVAILABLE, SECOND + 1, 0),
                new Sighting("v1-a", 2, Fate.UNAVAILABLE, SECOND + 2, 0),
                new Sighting("v1-b", 2, Fate.OK, SECOND + 3, 0),
                new Sighting("v1-a", 3, Fate.RESET, SECOND, 0),
                new Sighting("v1-a", 3, Fate.RESET, SECOND + 1, 0),
                new Sighting("v1-a", 3, Fate.RESET, SECOND + 2, 0),
                new Sighting("v1-a", 3, Fate.UNAVAILABLE, SECOND + 3, 0),
                new Sighting("v1-b", 3, Fate.OK, SECOND + 4, 0));
        assertThat(judge.explain(outcome(1, "v1", 200, "v1-a", "", SECOND))).isEqualTo(Verdict.SERVED);
        assertThat(judge.explain(outcome(2, "v1", 200, "v1-b", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(judge.explain(outcome(3, "v1", 200, "v1-b", "", SECOND))).isEqualTo(Verdict.UNEXPLAINED);
    }

    @Test
    void aDeadOriginDoesNotExplainThatItsWholeVersionFails() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            outcomes.add(outcome(i, "v1", 503, "", "", 101 * SECOND + i * SECOND / 100));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FleetReport report = new FleetReport(outcomes, judge(), Map.of(Fleet.KILLED, 100 * SECOND), 0);
        assertThat(report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("failures because of the dead origin: 1000.00, at most 63.00: BROKEN");
    }
}
