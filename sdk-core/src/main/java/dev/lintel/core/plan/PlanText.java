package dev.lintel.core.plan;

import java.util.Set;
import java.util.TreeSet;

/** Prints a plan like a good diff. */
final class PlanText {
    private final Plan plan;
    private final ColouredText text;
    private final boolean whole;

    PlanText(Plan plan, boolean colours, boolean whole) {
        this.plan = plan;
        this.whole = whole;
        this.text = new ColouredText(colours);
    }

    String render() {
        text.line("", "plan for " + plan.world());
        plan.changes().forEach(this::change);
        effects();
        text.numbered("problems", plan.problems());
        text.rendered("warnings", Alike.warnings(plan.warnings()));
        deviations();
        if (!plan.guarantees().isEmpty()) {
            text.line("", "guarantees of this world:");
            Alike.guarantees(plan.guarantees())
                    .forEach(told -> told.lines().forEach(line -> text.line("", "  " + line)));
        }
        text.line("", counts());
        return text.toString();
    }

    private void change(Change change) {
        if (change instanceof Change.Create create) {
            text.line(ColouredText.GREEN, "+ " + create.object());
            if (whole) {
                create.text().lines().forEach(line -> text.line("", "    " + line));
            }
        } else if (change instanceof Change.Update update) {
            text.line(ColouredText.YELLOW, "~ " + update.object());
            if (whole) {
                text.diff(update.diff());
            }
        } else if (change instanceof Change.Delete delete) {
            text.line(ColouredText.RED, "- " + delete.object());
        }
    }

    private void deviations() {
        if (plan.deviations().isEmpty()) {
            return;
        }
        if (whole) {
            text.line("", "deviations of this world:");
            plan.deviations().forEach(deviation -> text.line("", "  " + deviation.describe()));
        } else {
            Set<String> codes = new TreeSet<>();
            plan.deviations().forEach(deviation -> codes.add(deviation.code()));
            text.line("", "deviations of this world: " + String.join(", ", codes));
        }
    }

    private void effects() {
        if (plan.effects().isEmpty()) {
            return;
        }
        text.line("", "effects:");
        plan.effects().forEach(text::effect);
        if (plan.widens()) {
            text.line(
                    ColouredText.ALARM,
                    plan.widening() == null
                            ? "  ! widens access, and is refused unless allowWidening(\"reason\") is said"
                            : "  ! widens access, which is allowed: " + plan.widening());
        }
    }

    private String counts() {
        int keep = count(Change.Keep.class);
        if (plan.changes().isEmpty() && !plan.problems().isEmpty()) {
            return "nothing can be done";
        }
        if (plan.isEmpty()) {
            return "nothing to do" + (keep == 0 ? "" : ", " + keep + " unchanged");
        }
        return count(Change.Create.class) + " to create, " + count(Change.Update.class) + " to update, "
                + count(Change.Delete.class) + " to delete, " + keep + " unchanged";
    }

    private int count(Class<? extends Change> type) {
        return (int) plan.changes().stream().filter(type::isInstance).count();
    }
}
