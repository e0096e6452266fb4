package dev.lintel.core.plan;

/** Prints a plan like a good diff. */
final class PlanText {
    private final Plan plan;

    PlanText(Plan plan) {
        this.plan = plan;
    }

    String render() {
        StringBuilder out = new StringBuilder("plan for ").append(plan.world()).append('\n');
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create) {
                out.append("+ ").append(create.object()).append('\n');
            } else if (change instanceof Change.Update update) {
                out.append("~ ").append(update.object()).append('\n').append(indent(update.diff()));
            } else if (change instanceof Change.Delete delete) {
                out.append("- ").append(delete.object()).append('\n');
            } else {
                out.append("= ").append(change.object()).append('\n');
            }
        }
        return out.toString();
    }

    private static String indent(String text) {
        return text.lines().map(line -> "    " + line + "\n").reduce("", String::concat);
    }
}
