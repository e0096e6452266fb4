package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import org.junit.jupiter.api.Test;

/** Hints that name calls of the API name options here. */
class OptionWordsTest {
    private static String said(String hint) {
        return OptionWords.of(new Problem("a.b", "c", "d", hint, Origin.unknown()))
                .hint();
    }

    @Test
    void theOptionIsNamedInPlaceOfTheCall() {
        assertThat(said("if that is meant, say undo().allowWidening(\"reason\")"))
                .isEqualTo("if that is meant, say --allow-widening \"reason\"");
        assertThat(said("if that is meant, say undo().allowWidening(\"reason\").rollback()"))
                .isEqualTo("if that is meant, say --allow-widening \"reason\"");
        assertThat(said("let the other manager give them up, or choose Conflicts.TAKE_OVER"))
                .isEqualTo("let the other manager give them up, or choose --on-conflict take-over");
        assertThat(said("apply this plan to finish, or go back by lastUndo()"))
                .isEqualTo("apply this plan to finish, or go back by 'lintel rollback'");
        assertThat(said("see that this is where it listens; or apply without verifiedBy(…)"))
                .isEqualTo("see that this is where it listens; or apply without --verify");
        assertThat(said("give it the verb; ClusterTarget.rights prints the Roles"))
                .isEqualTo("give it the verb; 'lintel rights' prints the Roles");
    }

    @Test
    void whatNamesNoCallStaysTheSame() {
        Problem plain = new Problem("a.b", "c", "allowWidening(\"reason\")", "mend it", Origin.unknown());

        assertThat(OptionWords.of(plain)).isSameAs(plain);
    }
}
