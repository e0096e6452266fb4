package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The last line of an apply that failed says what is written, what is not, and what comes next. */
class TallyTest {
    private static Plan plan(String... objects) {
        List<Change> changes = Stream.concat(
                        Stream.of(objects).map(each -> (Change) new Change.Create(each, "")),
                        Stream.of(new Change.Keep("Gateway shop/kept")))
                .toList();
        return new Plan(
                "here",
                "base",
                new MeshModel(List.of()),
                changes,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    @Test
    void whatIsWrittenAndWhatIsLeftIsToldApart() {
        Tally tally = new Tally();
        tally.hear("1/4 DestinationRule shop/a: applied");
        tally.hear("waiting for subset v1 of shop/a: no endpoint");
        tally.hear("2/4 AuthorizationPolicy shop/a: applied");

        assertThat(tally.failed(
                        plan("DestinationRule shop/a", "AuthorizationPolicy shop/a", "VirtualService shop/a"), "go on"))
                .isEqualTo("FAILED: 2 of 4 writes are done (DestinationRule shop/a, AuthorizationPolicy shop/a); not"
                        + " written, or not known to be: VirtualService shop/a. What is written stays. Next: go on");
    }

    @Test
    void whatIsWrittenAndNotInForceIsNoSuccess() {
        Tally tally = new Tally();
        tally.hear("1/1 Gateway shop/a: applied");

        assertThat(tally.failed(plan("Gateway shop/a"), "go on"))
                .isEqualTo(
                        "FAILED: 1 of 1 writes are done (Gateway shop/a); but not all of it is in force. What is written"
                                + " stays. Next: go on");
    }

    @Test
    void onlyWhatHasBegunToWriteCanFailInTheMiddle() {
        Tally tally = new Tally();
        tally.hear("waiting for subset v1 of shop/a: no endpoint");
        assertThat(tally.isBegun()).isFalse();

        tally.hear("writing 4 objects");

        assertThat(tally.isBegun()).isTrue();
        assertThat(tally.written()).isEmpty();
    }

    @Test
    void withoutAnyProgressNothingIsClaimed() {
        assertThat(new Tally().failed(plan("Gateway shop/a"), "go on"))
                .isEqualTo(
                        "FAILED: no write is known to be done; not written, or not known to be: Gateway shop/a. What is"
                                + " written stays. Next: go on");
    }
}
