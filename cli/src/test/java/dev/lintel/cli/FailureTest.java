package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.verify.NotInForceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exception becomes: a problem with a way out, and never a stack trace. */
class FailureTest {
    @Test
    void aFileThatCannotBeWrittenIsAProblem() {
        Failure failure = Failure.of(new UncheckedIOException("out could not be written", new IOException("full")));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(failure.problems()).extracting(Problem::render).containsExactly("""
                cli.io files: out could not be written
                      see to it, and try again""");
    }

    @Test
    void whatNobodyExpectsIsAMistakeOfOurs() {
        Failure failure = Failure.of(new IllegalStateException("odd"));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.MISTAKE);
        assertThat(failure.problems()).extracting(Problem::render).containsExactly("""
                cli.mistake lintel: stopped at what it does not expect: IllegalStateException: odd
                      tell us, with the command and the definitions; nothing more was done""");
    }

    /** Whoever tries again after 69 would do so over an API that is open. */
    @Test
    void whatIsNotInForceIsNothingToTryAgain() {
        Problem open = new Problem("verify.open", "orders.shop", "is open", "see the objects", Origin.unknown());
        Failure failure = Failure.of(new NotInForceException("istio", List.of(open), List.of(), true));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.CHANGES);
        assertThat(failure.problems()).containsExactly(open);
    }

    @Test
    void longWordsAreCut() {
        assertThat(Failure.of(new IllegalStateException("x".repeat(Json.LONGEST + 1)))
                        .problems()
                        .get(0)
                        .message())
                .hasSizeLessThan(Json.LONGEST + 200)
                .endsWith("x...");
    }

    @Test
    void aWrongCommandLineIsToldAsSuch() {
        assertThatThrownBy(() -> Failure.of(new UsageException("say -f"))).isInstanceOf(UsageException.class);
    }
}
