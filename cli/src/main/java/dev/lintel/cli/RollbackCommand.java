package dev.lintel.cli;

import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.verify.NotInForceException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel rollback}: back to what a cluster was before the last apply, as its journal tells. */
@Command(
        name = "rollback",
        description = "Goes back to what a cluster was before the last apply, also before one that was cut off.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    @Mixin
    private final Consent consent;

    @Option(
            names = "--allow-widening",
            paramLabel = "REASON",
            description = "Lets requests through again that the apply has shut out.")
    private @Nullable String widening;

    @Option(names = "--short", description = "Names objects without their lines. JSON stays whole.")
    private boolean summary;

    @Mixin
    private final VerifyOption verify = new VerifyOption();

    RollbackCommand(Surroundings around) {
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
        this.consent = new Consent(around);
    }

    @Override
    public Integer call() {
        return screen.guard("rollback", () -> {
            if (target.isDirectory()) {
                throw new UsageException("a directory has no journal: go back in its repository");
            }
            if (widening != null && widening.isBlank()) {
                throw new UsageException("--allow-widening needs a reason");
            }
            UnaryOperator<Mesh> verified = verify.verified(false, screen::note);
            try (Opened opened = target.open(screen)) {
                Optional<Undo> last = verified.apply(Mesh.of(dialect.dialect(), opened.target()))
                        .lastUndo();
                if (last.isEmpty()) {
                    if (screen.isJson()) {
                        screen.json(Json.head("rollback", ExitCode.OK).put("applied", false));
                    } else {
                        screen.text("the journal tells of no apply that could be undone\n");
                    }
                    return ExitCode.OK;
                }
                return back(widening == null ? last.get() : last.get().allowWidening(widening));
            }
        });
    }

    private int back(Undo undo) {
        Plan plan = undo.plan();
        if (!screen.isJson()) {
            screen.plan(plan, !summary);
        }
        if (plan.problems().isEmpty()) {
            Widening.requireReason(plan, "rollback.widens", "going back widens access: ");
        }
        boolean meant = plan.problems().isEmpty() && !plan.isEmpty() && consent.isGiven("go back to this?");
        if (meant) {
            try {
                undo.rollback();
            } catch (NotInForceException e) {
                return screen.notInForce("rollback", e);
            } catch (RuntimeException e) {
                return screen.cutOff(
                        "rollback",
                        plan,
                        e,
                        "'lintel rollback' goes on, 'lintel plan' tells what the definitions would change");
            }
            screen.note("gone back");
        }
        int code = !plan.problems().isEmpty()
                ? ExitCode.of(plan.problems())
                : meant || plan.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
        if (screen.isJson()) {
            screen.json(PlanJson.of("rollback", plan, code).put("applied", meant));
        }
        return code;
    }
}
