package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Definition;
import dev.lintel.kubernetes.preflight.PreflightReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lintel preflight}: whether a cluster is such that objects mean there what they are meant to. */
@Command(
        name = "preflight",
        description = {
            "Looks whether the cluster is such that the definitions will mean there what they are meant to: mesh, gateways,"
                    + " workloads, certificates. Reads, and changes nothing.",
            "'plan' and 'apply' do the same first with --preflight."
        },
        mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {
    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    PreflightCommand(Surroundings around) {
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("preflight", () -> {
            List<Definition> said = definitions.read();
            try (Opened opened = target.looking(dialect.preflight()).open(screen)) {
                PreflightReport report = opened.cluster().check(dialect.dialect(), said);
                int code = ExitCode.of(report.problems());
                show(
                        new PreflightReport(
                                OptionWords.of(report.problems()), OptionWords.of(report.warnings()), report.judged()),
                        opened.target().name(),
                        code);
                return code;
            }
        });
    }

    private void show(PreflightReport report, String where, int code) {
        if (!screen.isJson()) {
            screen.text("preflight of " + where + "\n" + report.render());
            return;
        }
        ObjectNode tree = Json.head("preflight", code).put("world", where);
        tree.set("problems", Json.problems(report.problems()));
        tree.set("warnings", Json.problems(report.warnings()));
        report.judged().forEach(tree.putArray("judged")::add);
        screen.json(tree);
    }
}
