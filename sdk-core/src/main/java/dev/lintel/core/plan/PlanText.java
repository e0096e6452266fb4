package dev.lintel.core.plan;

import dev.lintel.core.Problem;
import java.util.List;

/** Prints a plan like a good diff. */
final class PlanText {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String ALARM = "1;31";

    private final Plan plan;
    private final boolean colours;
    private final StringBuilder out = new StringBuilder();

    PlanText(Plan plan, boolean colours) {
        this.plan = plan;
        this.colours = colours;
    }

    String render() {
        line("", "plan for " + plan.world());
        plan.changes().forEach(this::change);
        effects();
        numbered("problems", plan.problems());
        numbered("warnings", plan.warnings());
        if (!plan.deviations().isEmpty()) {
            line("", "deviations of this world:");
            plan.deviations().forEach(deviation -> line("", "  " + deviation.describe()));
        }
        if (!plan.guarantees().isEmpty()) {
            line("", "guarantees of this world:");
            plan.guarantees().forEach(guarantee -> line("", "  " + guarantee.describe()));
        }
        line("", counts());
        return out.toString();
    }

    private void change(Change change) {
        if (change instanceof Change.Create create) {
            line(GREEN, "+ " + create.object());
            create.text().lines().forEach(text -> line("", "    " + text));
        } else if (change instanceof Change.Update update) {
            line(YELLOW, "~ " + update.object());
            update.diff().lines().forEach(text -> line(colour(text), "    " + text));
        } else if (change instanceof Change.Delete delete) {
            line(RED, "- " + delete.object());
        }
    }

    private static String colour(String diff) {
        return diff.startsWith("+") ? GREEN : diff.startsWith("-") ? RED : "";
    }

    private void effects() {
        if (plan.effects().isEmpty()) {
            return;
        }
        line("", "effects:");
        for (Effect effect : plan.effects()) {
            String place = effect.origin().toString();
            String text = effect.text() + (place.isEmpty() ? "" : "  (" + place + ")");
            line(effect.widens() ? ALARM : "", (effect.widens() ? "  ! " : "    ") + text);
        }
        if (plan.widens()) {
            line(
                    ALARM,
                    plan.widening() == null
                            ? "  ! widens access, and is refused unless allowWidening(\"reason\") is said"
                            : "  ! widens access, which is allowed: " + plan.widening());
        }
    }

    private void numbered(String title, List<Problem> problems) {
        if (!problems.isEmpty()) {
            line("", title + ":");
        }
        for (int i = 0; i < problems.size(); i++) {
            for (String text :
                    ("(" + (i + 1) + ") " + problems.get(i).render()).lines().toList()) {
                line("", "  " + text);
            }
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

    /** Texts come from definitions, so what would steer a terminal is shown instead of obeyed. */
    private void line(String colour, String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        boolean plain = !colours || colour.isEmpty();
        out.append(plain ? safe : "\u001b[" + colour + "m" + safe + "\u001b[0m").append('\n');
    }
}
