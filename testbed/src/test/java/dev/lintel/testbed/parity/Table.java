package dev.lintel.testbed.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of all cases, by policy. */
final class Table {
    private final Map<String, Line> lines = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    private static final class Line {
        private int cases;
        private int agreed;
        private int deviations;
        private final Set<String> codes = new TreeSet<>();
    }

    /** Counts a case: {@code code} is the deviation that it shows, or empty, and {@code wrong} what is wrong, or empty. */
    void add(String policy, String code, List<String> found) {
        Line line = lines.computeIfAbsent(policy, p -> new Line());
        line.cases++;
        if (!found.isEmpty()) {
            wrong.addAll(found);
        } else if (code.isEmpty()) {
            line.agreed++;
        } else {
            line.deviations++;
            line.codes.add(code);
        }
    }

    /** Whatever is neither equal nor a deviation that was named. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int cases() {
        return lines.values().stream().mapToInt(line -> line.cases).sum();
    }

    /** The rows in Markdown, with their head. */
    String markdown() {
        StringBuilder text =
                new StringBuilder("| policy | cases | agreed | deviations | which |\n|---|---|---|---|---|\n");
        lines.forEach((policy, line) -> row(text, "`" + policy + "`", line));
        Line all = new Line();
        lines.values().forEach(line -> {
            all.cases += line.cases;
            all.agreed += line.agreed;
            all.deviations += line.deviations;
        });
        row(text, "all", all);
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Line line) {
        List<String> codes = line.codes.stream().map(code -> "`" + code + "`").toList();
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(line.cases)
                .append(" | ")
                .append(line.agreed)
                .append(" | ")
                .append(line.deviations)
                .append(" | ")
                .append(String.join(", ", codes))
                .append(" |\n");
    }
}
