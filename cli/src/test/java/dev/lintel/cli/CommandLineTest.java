package dev.lintel.cli;

import static dev.lintel.cli.Samples.BOUNDARY;
import static dev.lintel.cli.Samples.BROKEN;
import static dev.lintel.cli.Samples.OPENED;
import static dev.lintel.cli.Samples.ORDERS;
import static dev.lintel.cli.Samples.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands do, what they end with, and what they refuse. */
class CommandLineTest {
    private static final String WIDENS = "plan.widens";

    @TempDir
    Path folder;

    private Session session;

    @BeforeEach
    void begin() {
        session = new Session(folder).file("orders.yaml", ORDERS);
    }

    private Session.Ran run(String line) {
        return session.run(line.split(" "));
    }

    @Test
    void aPlanEndsWith2OnlyWhereThatIsAskedFor() {
        assertThat(run("plan -f orders.yaml -d out").code()).isEqualTo(ExitCode.OK);
        assertThat(run("plan -f orders.yaml -d out --exit-code").code()).isEqualTo(ExitCode.CHANGES);
        assertThat(session.has("out")).isFalse();

        assertThat(run("apply -f orders.yaml -d out").code()).isEqualTo(ExitCode.OK);

        assertThat(session.has("out/shop/orders.yaml")).isTrue();
        assertThat(run("plan -f orders.yaml -d out --exit-code").code()).isEqualTo(ExitCode.OK);
        assertThat(run("diff -f orders.yaml -d out").code()).isEqualTo(ExitCode.OK);
        assertThat(run("check -f orders.yaml -d out").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void nothingIsAppliedOfFilesOfWhichOneIsBroken() {
        session.file("stock.yaml", BROKEN);

        Session.Ran ran = run("apply -f orders.yaml -f stock.yaml -d out");

        assertThat(ran.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err())
                .startsWith("form.field policies[0].isuers: is not a field here")
                .contains("at stock.yaml:6");
        assertThat(session.has("out")).isFalse();
    }

    @Test
    void definitionsComeFromFilesFoldersAndStandardInput() {
        session.file("more/a/boundary.json", BOUNDARY).stdin(ORDERS.replace("orders", "stock"));

        Session.Ran ran = run("apply -f orders.yaml -f more -f - -d out");

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.OK);
        assertThat(session.has("out/shop/orders.yaml")).isTrue();
        assertThat(session.has("out/shop/stock.yaml")).isTrue();
        assertThat(ran.out()).contains("stdin:1").contains("more/a/boundary.json:1");
    }

    @Test
    void aWideningPlanNeedsAReason() {
        run("apply -f orders.yaml -d out");
        session.file("orders.yaml", OPENED);

        Session.Ran refused = run("apply -f orders.yaml -d out");

        assertThat(refused.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(refused.err())
                .contains(WIDENS, "newly public: /help", "say --allow-widening \"reason\"", "at orders.yaml:14")
                .doesNotContain("applied");
        assertThat(run("explain -d out GET /help").out()).contains("refuse with");

        assertThat(run("apply -f orders.yaml -d out --allow-widening help-is-for-all")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(run("explain -d out GET /help").out()).contains("forward to orders.shop /help");
    }

    @Test
    void aTerminalIsAskedAndAPipelineIsNot() {
        Session.Ran no = session.terminal("n\n").run("apply", "-f", "orders.yaml", "-d", "out", "--color=never");

        assertThat(no.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(no.err()).isEqualTo("apply this? [y/N] nothing was changed\n");
        assertThat(session.has("out")).isFalse();
        assertThat(session.terminal("")
                        .run("apply", "-f", "orders.yaml", "-d", "out")
                        .code())
                .as("the end of the input is no consent")
                .isEqualTo(ExitCode.PROBLEMS);

        Session.Ran yes = session.terminal("y\n").run("apply", "-f", "orders.yaml", "-d", "out");

        assertThat(yes.code()).isEqualTo(ExitCode.OK);
        assertThat(yes.err()).isEqualTo("apply this? [y/N] applying 5 changes ...\napplied\n");
        session.file("orders.yaml", "[]");
        assertThat(session.terminal("n\n")
                        .run("apply", "-f", "orders.yaml", "-d", "out", "--yes")
                        .err())
                .isEqualTo("applying 5 changes ...\napplied\n");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        String escape = "\u001b[";

        assertThat(run("plan -f orders.yaml -d out").out()).doesNotContain(escape);
        session.terminal("");
        assertThat(run("plan -f orders.yaml -d out").out()).contains(escape);
        assertThat(run("plan -f orders.yaml -d out --color never").out()).doesNotContain(escape);
        assertThat(run("plan -f orders.yaml -d out -o json").out()).doesNotContain(escape);
        session.variable("NO_COLOR", "1");
        assertThat(run("plan -f orders.yaml -d out").out()).doesNotContain(escape);
        assertThat(run("plan -f orders.yaml -d out --color always").out()).contains(escape);
    }

    @Test
    void explanationsNeverPrintQueriesAndHeaders() {
        Session.Ran ran = session.run(
                "explain",
                "-f",
                "orders.yaml",
                "--header",
                "X-Key=hush",
                "GET",
                "http://orders.shop.localhost/?key=hush");

        assertThat(ran.code()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("?[redacted]").doesNotContain("hush");
        assertThat(session.run("explain", "-f", "orders.yaml", "GET", "/orders?key=hush")
                        .out())
                .contains("?[redacted]")
                .doesNotContain("hush");
    }

    @Test
    void anExplanationKnowsTokensClaimsAndCallers() {
        assertThat(run("explain -f orders.yaml --scope orders.read --subject alice GET /orders/7")
                        .out())
                .contains("= forward to orders.shop /orders/7");
        assertThat(run("explain -f orders.yaml --claim team=a --claim team=b GET /orders/7")
                        .out())
                .contains("with team=a|b", "INSUFFICIENT_SCOPE");
        assertThat(run("explain -f orders.yaml --from web.shop GET /orders/7").out())
                .contains("= forward to orders.shop /orders/7", "from inside");
    }

    @Test
    void whatDefinitionsAndWorldDecideDifferentlyIsAChange() {
        run("apply -f orders.yaml -d out");
        assertThat(run("explain -f orders.yaml -d out GET /help").code()).isEqualTo(ExitCode.OK);
        session.file("orders.yaml", OPENED);

        Session.Ran ran = run("explain -f orders.yaml -d out GET /help");

        assertThat(ran.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(ran.err()).isEqualTo("they differ\n");
    }

    @Test
    void errorsInManifestsEndACheckWith1AndWarningsDoNot() {
        session.file("good.yaml", WEB)
                .file(
                        "bad.yaml",
                        WEB.replace("hosts", "host").replace("entry", "other").replace("web", "cart"));

        assertThat(run("check --manifests good.yaml").code()).isEqualTo(ExitCode.OK);
        Session.Ran bad = run("check --manifests good.yaml --manifests bad.yaml");

        assertThat(bad.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(bad.out())
                .contains("lint.misspelled-field", "at bad.yaml:23")
                .doesNotContain("at good.yaml");
    }

    @Test
    void everyResultForProgramsHasTheSameHead() throws IOException {
        session.file("web.yaml", WEB);
        for (String line : new String[] {
            "plan -f orders.yaml -d out", "apply -f orders.yaml -d out", "diff -f orders.yaml -d out",
            "explain -f orders.yaml GET /x", "import -f web.yaml", "check -f orders.yaml -d out",
            "plan -f missing.yaml -d out"
        }) {
            Session.Ran ran = run(line + " -o json");
            JsonNode tree = new ObjectMapper().readTree(ran.out());
            assertThat(tree.fieldNames()).toIterable().startsWith("version", "command", "exitCode");
            assertThat(tree.path("version").asInt()).isEqualTo(1);
            assertThat(tree.path("command").asText()).isEqualTo(line.substring(0, line.indexOf(' ')));
            assertThat(tree.path("exitCode").asInt()).as(line).isEqualTo(ran.code());
        }
    }

    @Test
    void aDiffTellsWhatSomebodyHasDoneByHand() throws IOException {
        run("apply -f orders.yaml -d out");
        Path file = folder.resolve("out/shop/orders.yaml");
        Files.writeString(file, Files.readString(file).replace("- orders.read", "- orders.write"));

        Session.Ran ran = run("diff -f orders.yaml -d out -o json");

        assertThat(ran.code()).isEqualTo(ExitCode.CHANGES);
        JsonNode tree = new ObjectMapper().readTree(ran.out());
        assertThat(tree.path("drifted").asBoolean()).isTrue();
        assertThat(tree.path("widens").asBoolean()).isTrue();
        assertThat(tree.path("objects")).hasSize(1);
        assertThat(tree.path("objects").get(0).path("object").asText()).isEqualTo("AuthorizationPolicy shop/orders");
        assertThat(tree.path("objects").get(0).path("way").asText()).isEqualTo("changed");
    }

    @Test
    void anApplyForProgramsSaysWhetherItDidAnything() throws IOException {
        String line = "apply -f orders.yaml -d out -o json";

        assertThat(new ObjectMapper().readTree(run(line).out()).path("applied").asBoolean())
                .isTrue();
        assertThat(new ObjectMapper().readTree(run(line).out()).path("applied").asBoolean(true))
                .isFalse();
    }

    @Test
    void optionsMayStandInAFile() {
        session.file("world", "--dialect\ngateway-api\n--domain\nexample.com\n");

        Session.Ran ran = session.run("plan", "@" + folder.resolve("world"), "-f", "orders.yaml", "-d", "out");

        assertThat(ran.out()).startsWith("plan for gateway-api in").contains("orders.shop.example.com");
    }

    @Test
    void versionAndCompletionArePrinted() {
        assertThat(run("--version").out()).startsWith("lintel ");
        Session.Ran script = run("completion");
        assertThat(script.code()).isEqualTo(ExitCode.OK);
        assertThat(script.out()).startsWith("#!/usr/bin/env bash").contains("--allow-widening", "complete -F");
    }
}
