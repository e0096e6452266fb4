package dev.lintel.examples;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came back, by the case that was sent and the answer, and prints it as a table. */
final class Tally {
    private final Map<String, Map<String, LongAdder>> counts = new ConcurrentSkipListMap<>();

    void count(String sent, String answer) {
        counts.computeIfAbsent(sent, key -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(answer, key -> new LongAdder())
                .increment();
    }

    long of(String sent, String answer) {
        LongAdder count = counts.getOrDefault(sent, Map.of()).get(answer);
        return count == null ? 0 : count.sum();
    }

    String render() {
        Set<String> answers = new TreeSet<>();
        counts.values().forEach(row -> answers.addAll(row.keySet()));
        StringBuilder out = new StringBuilder(String.format("%-28s %8s", "sent", "requests"));
        answers.forEach(answer -> out.append(String.format(" %8s", answer)));
        new TreeMap<>(counts).forEach((sent, row) -> {
            long all = row.values().stream().mapToLong(LongAdder::sum).sum();
            out.append(String.format("%n%-28s %8d", sent, all));
            answers.forEach(answer -> out.append(String.format(" %8s", cell(of(sent, answer)))));
        });
        return out.append(System.lineSeparator()).toString();
    }

    private static String cell(long count) {
        return count == 0 ? "." : Long.toString(count);
    }
}
