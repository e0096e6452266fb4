package dev.lintel.core.plan;

import dev.lintel.core.Problem;
import java.util.List;

/** Lines for people, with the colours of a terminal where they are wanted. */
final class ColouredText {
    static final String RED = "31";
    static final String GREEN = "32";
    static final String YELLOW = "33";
    static final String ALARM = "1;31";

    private final boolean colours;
    private final StringBuilder out = new StringBuilder();

    ColouredText(boolean colours) {
        this.colours = colours;
    }

    /** Texts come from definitions and clusters, so what would steer a terminal is shown instead of obeyed. */
    void line(String colour, String text) {
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

    void diff(String diff) {
        diff.lines().forEach(text -> line(colour(text), "    " + text));
    }

    private static String colour(String diff) {
        return diff.startsWith("+") ? GREEN : diff.startsWith("-") ? RED : "";
    }

    void effect(Effect effect) {
        String place = effect.origin().toString();
        String text = effect.text() + (place.isEmpty() ? "" : "  (" + place + ")");
        line(effect.widens() ? ALARM : "", (effect.widens() ? "  ! " : "    ") + text);
    }

    void numbered(String title, List<Problem> problems) {
        rendered(title, problems.stream().map(Problem::render).toList());
    }

    void rendered(String title, List<String> texts) {
        if (!texts.isEmpty()) {
            line("", title + ":");
        }
        for (int i = 0; i < texts.size(); i++) {
            for (String text : ("(" + (i + 1) + ") " + texts.get(i)).lines().toList()) {
                line("", "  " + text);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
