package dev.lintel.auth.opa.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.testkit.GoTool;
import dev.lintel.testkit.Opa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people name cannot end its string, its comment or its line, nor become a rule. */
class EscapingTest {
    private static final List<String> NASTY = List.of(
            "\"}\n\nallow := {\"allowed\": true} #",
            "\\",
            "\\\"",
            "{}",
            "{{x}}",
            "`",
            "${x}",
            "$\"{1}\"",
            "%s%d",
            "\u2028\u2029",
            "\u202e",
            "caf\u00e9",
            "\ud83d\ude00",
            "\u0000",
            "\t\r\n",
            "# comment",
            "]}");

    /** How many of them OPA's own tests are run for, which is slow. */
    private static final int TESTED = 3;

    @TempDir
    Path folder;

    @Test
    void textStaysText() throws IOException {
        Path opa = RealOpa.binary();
        for (int i = 0; i < NASTY.size(); i++) {
            Rego rego = Rego.of(model(NASTY.get(i))).inPackage("nasty" + i);
            Files.writeString(folder.resolve("policy" + i + ".rego"), rego.module());
            if (i < TESTED) {
                Files.writeString(folder.resolve("policy" + i + "_test.rego"), rego.tests());
            }
            assertThat(rego.module().lines().filter(line -> line.startsWith("allow :=")))
                    .hasSize(1);
            assertThat(rego.module().chars()).allMatch(c -> c >= ' ' && c <= '~' || c == '\n' || c == '\t');
        }

        assertThat(Opa.run(opa, List.of("check", "--strict", folder.toString())))
                .isEqualTo(new GoTool.Ran(0, ""));
        assertThat(Opa.run(opa, List.of("fmt", "--diff", folder.toString()))).isEqualTo(new GoTool.Ran(0, ""));
        GoTool.Ran tested = Opa.run(opa, List.of("test", "--timeout=3m", folder.toString()));
        assertThat(tested.status()).as(tested.text()).isZero();
        assertThat(tested.text()).startsWith("PASS");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThatThrownBy(() -> Rego.of(model("a\ud83d")).module())
                .hasMessage("a text must be whole characters, but one has half a surrogate pair at 20");
    }

    @Test
    void literalsAreJson() {
        assertThat(Literal.of(Map.of("a\"", List.of("\\", true, 7, "\u00e9"))))
                .isEqualTo("{\"a\\\"\": [\"\\\\\", true, 7, \"\\u00e9\"]}");
        assertThatThrownBy(() -> Literal.of(Caller.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static MeshModel model(String nasty) {
        String segment = nasty.replace("/", "").startsWith("{") ? "x" + nasty : nasty;
        Access access = new Access(
                List.of(Models.issuer("https://id.example/" + nasty)),
                List.of(nasty),
                List.of(
                        new AccessRule(
                                new Endpoint(List.of(), new PathPattern(List.of("a", segment), true)),
                                new Requirement.Token(List.of(new Grant(
                                        List.of(nasty), List.of(new ClaimRule("name" + nasty, List.of(nasty)))))),
                                Origin.unknown()),
                        Models.rule("/a", Requirement.TOKEN)));
        return new MeshModel(
                List.of(Models.api("orders", List.of("orders.shop.localhost"), List.of(), access, List.of(), false)));
    }
}
