package dev.lintel.examples.platform;

import static dev.lintel.core.explain.Asked.get;
import static dev.lintel.core.explain.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.explain.Asked;
import dev.lintel.core.explain.Explained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team gets that says no more than name, callers and what is open. */
class GoldenTest {
    private static final Path SOURCE =
            Path.of("src", "main", "java", "dev", "lintel", "examples", "platform", "Golden.java");

    private final Evaluator evaluator = Evaluator.of(new ModelCompiler(Kinds.installed())
            .compile(
                    Golden.all(
                            Golden.service("orders", "shop").calledBy("web").open("/orders/help"),
                            Golden.service("web", "shop").open("/assets/**"),
                            Golden.service("invoices", "billing")),
                    new World("example.com"))
            .model());

    private String decided(Asked asked) {
        return Explained.of(evaluator, asked.to("orders.shop"), Draw.RANDOM)
                .explanation()
                .decision()
                .toString();
    }

    @Test
    void whoeverEntersNeedsTheServicesScope() {
        assertThat(decided(get("/orders/7"))).isEqualTo("refuse with 401 NO_TOKEN: a token is needed");
        assertThat(decided(get("/orders/7").scopes("invoices.use"))).startsWith("refuse with 403 INSUFFICIENT_SCOPE");
        assertThat(decided(post("/orders").scopes("orders.use"))).isEqualTo("forward to orders.shop /orders");
        assertThat(decided(get("/orders/help"))).isEqualTo("forward to orders.shop /orders/help");
    }

    @Test
    void fromInsideTheSaidCallersAloneGetThrough() {
        assertThat(decided(get("/orders/7").from("web.shop"))).isEqualTo("forward to orders.shop /orders/7");
        assertThat(decided(get("/orders/7").from("basket.shop"))).startsWith("refuse with 403 CALLER");
        assertThat(decided(get("/orders/7").from("web.billing"))).startsWith("refuse with 403");
    }

    @Test
    void aServiceThatNamesNoCallersIsItsTeamsOwn() {
        assertThat(Explained.of(evaluator, get("/").to("invoices.billing").from("ledger.billing"), Draw.RANDOM)
                        .explanation()
                        .decision())
                .hasToString("forward to invoices.billing /");
        assertThat(Explained.of(evaluator, get("/").to("invoices.billing").from("orders.shop"), Draw.RANDOM)
                        .explanation()
                        .decision()
                        .toString())
                .startsWith("refuse with 403");
    }

    @Test
    void aPipelineWritesADirectoryOnceAndThenHasNothingToDo(@TempDir Path folder) throws IOException {
        Path gitops = folder.resolve("gitops");

        Golden.main(gitops.toString());

        assertThat(files(gitops)).contains("billing/invoices.yaml", "shop/orders.yaml", "shop/web.yaml");
        String before = Files.readString(gitops.resolve("shop/orders.yaml"));
        Golden.main(gitops.toString());
        assertThat(gitops.resolve("shop/orders.yaml")).hasContent(before);
    }

    @Test
    void whatADirectoryOfSomebodyElseHoldsIsNotWrittenOver(@TempDir Path folder) throws IOException {
        Path taken = Files.createDirectory(folder.resolve("shop")).resolve("orders.yaml");
        Files.writeString(taken, "kind: Deployment\n");

        assertThatThrownBy(() -> Golden.main(folder.toString())).hasMessageContaining("directory.foreign");
        assertThat(taken).hasContent("kind: Deployment\n");
    }

    /** All but imports and blank lines. */
    @Test
    void takesNoMoreThan60Lines() throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        assertThat(lines)
                .contains("record Golden(String name, String owner, Callers inside, List<String> openPaths) {");
        assertThat(lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package ")))
                .hasSizeLessThanOrEqualTo(60);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
