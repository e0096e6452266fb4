package dev.lintel.core.plan;

import dev.lintel.core.plan.Drifted.Way;

/** Prints a drift as a plan is printed. */
final class DriftText {
    private final Drift drift;
    private final ColouredText text;

    DriftText(Drift drift, boolean colours) {
        this.drift = drift;
        this.text = new ColouredText(colours);
    }

    String render() {
        text.line("", "drift of " + drift.world());
        drift.objects().forEach(this::object);
        if (!drift.effects().isEmpty()) {
            text.line("", "what it does to requests:");
            drift.effects().forEach(text::effect);
        }
        text.numbered("opened by others", drift.opened());
        text.numbered("warnings", drift.warnings());
        text.numbered("problems", drift.problems());
        text.line("", counts());
        return text.toString();
    }

    private void object(Drifted drifted) {
        switch (drifted.way()) {
            case CHANGED -> text.line(ColouredText.YELLOW, "~ " + drifted.object());
            case MISSING -> text.line(ColouredText.RED, "- " + drifted.object() + ", which is missing");
            case UNDEFINED -> text.line(ColouredText.GREEN, "+ " + drifted.object() + ", which nobody defines");
        }
        text.diff(drifted.diff());
        if (!drifted.note().isEmpty()) {
            text.line("", "    " + drifted.note());
        }
        drifted.hands().forEach(hand -> text.line("", "    by " + hand));
    }

    private String counts() {
        if (!drift.isDrifted()) {
            return "nothing has drifted";
        }
        return count(Way.CHANGED) + " changed, " + count(Way.MISSING) + " missing, " + count(Way.UNDEFINED)
                + " that nobody defines, "
                + drift.opened().size() + " opened by others"
                + (drift.problems().isEmpty() ? "" : "; not all could be looked at");
    }

    private long count(Way way) {
        return drift.objects().stream().filter(one -> one.way() == way).count();
    }
}
