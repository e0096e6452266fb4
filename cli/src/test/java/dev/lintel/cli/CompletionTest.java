package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that completes: the values of one option are not those of another one. */
class CompletionTest {
    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^function (_picocli_lintel_\\w+)\\(\\) \\{(.*?)^}", Pattern.DOTALL);
    private static final Pattern VALUES = Pattern.compile("local (\\w+)_option_args=\\((.*)\\) # (\\S+) values");

    @TempDir
    Path folder;

    @Test
    void eachOptionHasValuesOfItsOwnAndTheyAreTaken() {
        String script = new Session(folder).run("completion").out();
        List<String> values = new ArrayList<>();
        for (MatchResult function : matches(FUNCTION, script).toList()) {
            List<MatchResult> arrays = matches(VALUES, function.group(2)).toList();
            assertThat(arrays)
                    .as(function.group(1))
                    .extracting(each -> each.group(1))
                    .doesNotHaveDuplicates();
            arrays.forEach(each -> values.add(each.group(3) + " " + each.group(2)));
        }
        assertThat(values.stream().distinct())
                .contains(
                        "--dialect \"istio\" \"gateway-api\" \"kyma\"",
                        "--extension \"none\" \"istio\" \"envoy-gateway\"",
                        "--layout \"file-per-api\" \"file-per-object\"",
                        "--to \"yaml\" \"java\"",
                        "--output \"text\" \"json\"");
    }

    @Test
    void whatIsCompletedIsUnderstood() {
        Session session = new Session(folder).file("orders.yaml", Samples.ORDERS);

        assertThat(session.run("check", "-f", "orders.yaml", "--dialect", "gateway-api", "--extension", "envoy-gateway")
                        .err())
                .isEmpty();
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
