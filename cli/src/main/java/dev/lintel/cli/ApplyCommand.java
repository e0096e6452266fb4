package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.verify.NotInForceException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lintel apply}: plans, asks where there is somebody to ask, and makes it so. */
@Command(
        name = "apply",
        description = "Plans, and makes the plan true. On a terminal it asks before it does.",
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private final PlanOptions options;

    @Mixin
    private final Consent consent;

    @Mixin
    private final VerifyOption verify = new VerifyOption();

    ApplyCommand(Surroundings around) {
        this.consent = new Consent(around);
        this.options = new PlanOptions(around);
    }

    @Override
    public Integer call() {
        Screen screen = options.screen();
        return screen.guard("apply", () -> {
            List<Definition> said = options.definitions();
            UnaryOperator<Mesh> verified = verify.verified(!options.isCluster(), screen::note);
            try (Opened opened = options.open()) {
                Mesh mesh = verified.apply(Mesh.of(options.dialect(), opened.target()));
                Plan plan = options.plan(mesh, said);
                if (!screen.isJson()) {
                    options.show(plan);
                }
                boolean sound = plan.problems().isEmpty();
                if (sound) {
                    Widening.requireReason(plan, "plan.widens", "widens access: ");
                }
                boolean applied = sound && !plan.isEmpty() && consent.isGiven("apply this?");
                Plan done = plan;
                if (applied) {
                    try {
                        done = apply(mesh, plan);
                    } catch (RuntimeException e) {
                        return failed(plan, e);
                    }
                } else if (sound && isToFinish(plan)) {
                    done = mesh.apply(plan).plan();
                    screen.note("finished the apply that was cut off: all it was to change is there");
                } else if (sound && !plan.isEmpty()) {
                    screen.note("nothing was changed");
                }
                int code = applied || sound && plan.isEmpty()
                        ? ExitCode.OK
                        : sound ? ExitCode.PROBLEMS : ExitCode.of(plan.problems());
                if (screen.isJson()) {
                    screen.json(PlanJson.of("apply", done, code).put("applied", applied));
                }
                return code;
            }
        });
    }

    /** Whether all is there that was begun, and only the journal does not know. */
    private static boolean isToFinish(Plan plan) {
        return plan.isEmpty()
                && plan.warnings().stream().anyMatch(warning -> warning.code().equals("cluster.cut-off"));
    }

    /** The plan with what is known now that it is applied. */
    private Plan apply(Mesh mesh, Plan plan) {
        long changes = plan.changes().size() - (long) PlanJson.kept(plan);
        options.screen().note("applying " + changes + (changes == 1 ? " change" : " changes") + " ...");
        Plan done = mesh.apply(plan).plan();
        options.screen().note("applied");
        return done;
    }

    private int failed(Plan plan, RuntimeException e) {
        if (e instanceof NotInForceException taken && taken.isRolledBack()) {
            return options.screen().takenBack("apply", e);
        }
        return options.screen()
                .cutOff(
                        "apply",
                        plan,
                        e,
                        "'lintel plan' tells what is left, 'lintel apply' goes on"
                                + (options.isCluster() ? ", 'lintel rollback' goes back" : ""));
    }
}
