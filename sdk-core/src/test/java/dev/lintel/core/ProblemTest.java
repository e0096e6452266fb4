package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and values of anybody stand in problems, and make no line of their own there. */
class ProblemTest {
    /** All that a reader may take for the end of a line, and what would steer a terminal. */
    private static final List<String> BREAKS =
            List.of("\n", "\r", "\u000b", "\f", "\u001b", "\u0085", "\u2028", "\u2029", "\u0000");

    @Test
    void noPartOfAProblemBeginsALine() {
        for (String end : BREAKS) {
            String forged = "x" + end + "oauth2.fine all: is well";
            Problem problem = new Problem(forged, forged, forged, "", Origin.at(forged, 7));

            String flat = "x?oauth2.fine all: is well";
            assertThat(problem.message()).isEqualTo(flat);
            assertThat(problem.render()).isEqualTo(flat + " " + flat + ": " + flat + "\n      at " + flat + ":7");
        }
    }

    @Test
    void linesOfAHintBeginWithBlanks() {
        Problem problem =
                new Problem("a.b", "orders", "is wrong", "say:\n  this\r\n        or that\n(2) x", Origin.unknown());

        assertThat(problem.render()).isEqualTo("""
                a.b orders: is wrong
                      say:
                        this?
                        or that
                      (2) x""");
    }

    @Test
    void theSubjectOfAnExceptionIsOneLineAsWell() {
        Problem problem = new Problem("a.b", "orders", "is wrong", "", Origin.unknown());

        assertThat(new ProblemsException("directory a\nb", List.of(problem)))
                .hasMessage("directory a?b has 1 problem\n  (1) a.b orders: is wrong");
    }

    @Test
    void whatHasNothingToHideStaysAsItIs() {
        Problem problem =
                new Problem("a.b", "örders", "says '…' and '\ud83d\ude00'", "tab-free", Origin.at("a b.yaml", 0));

        assertThat(problem.render())
                .isEqualTo("a.b örders: says '…' and '\ud83d\ude00'\n      tab-free\n      at a b.yaml");
    }
}
