package dev.lintel.core.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.testkit.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with stored definitions: each input in {@code golden/form-problems} has its whole message beside it. */
class FormProblemsTest {
    private static final Golden GOLDEN = Golden.in("form-problems", ".txt");

    @TestFactory
    Stream<DynamicTest> everyMistakeIsToldInWholeMessages() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        GOLDEN.inputs(".yaml").forEach((name, text) -> cases.put(name, () -> told(Syntax.YAML, text, name)));
        GOLDEN.inputs(".json").forEach((name, text) -> cases.put(name, () -> told(Syntax.JSON, text, name)));
        return GOLDEN.tests(cases);
    }

    private static String told(Syntax syntax, String text, String name) {
        ProblemsException thrown = problems(syntax, text, name);
        String codes = thrown.problems().stream().map(Problem::code).collect(Collectors.joining(" "));
        return thrown.getMessage() + "\n\n" + codes + "\n";
    }

    private static ProblemsException problems(Syntax syntax, String text, String name) {
        DefinitionFormat format =
                syntax == Syntax.JSON ? DefinitionFormat.json(Sample.kinds()) : DefinitionFormat.yaml(Sample.kinds());
        return catchThrowableOfType(ProblemsException.class, () -> format.read(text, name));
    }

    @Test
    void aMebibyteIsEnough() {
        String fits = "#" + "x".repeat((1 << 20) - 1);

        assertThat(problems(Syntax.YAML, fits, "d.yaml"))
                .hasMessage("'d.yaml' has 1 problem\n  (1) form.empty document: holds no definition\n"
                        + "      write '[]' if there is to be none\n      at d.yaml:1");
        assertThat(problems(Syntax.YAML, fits + "x", "d.yaml"))
                .hasMessage("'d.yaml' has 1 problem\n  (1) form.limit document: must be at most 1 MiB\n"
                        + "      write fewer definitions into one file\n      at d.yaml");
        assertThat(problems(Syntax.YAML, "é".repeat(1 << 19) + "x", "d.yaml"))
                .hasMessageContaining("must be at most 1 MiB");
    }

    @Test
    void aHundredProblemsAreEnough() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 5_000; i++) {
            text.append("1,");
        }
        assertThat(problems(Syntax.JSON, text.append("1]").toString(), "d.json").problems())
                .hasSize(100);
    }
}
