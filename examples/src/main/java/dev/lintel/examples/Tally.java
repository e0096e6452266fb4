package dev.lintel.examples;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came back, by what was sent: the statuses of the answers, and the versions that were reached. */
final class Tally {
    private final Map<String, Map<String, LongAdder>> statuses = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Map<String, LongAdder>> versions = Collections.synchronizedMap(new LinkedHashMap<>());

    void status(String sent, int status) {
        count(statuses, sent, Integer.toString(status), 1);
    }

    void version(String sent, String version, long times) {
        count(versions, sent, version, times);
    }

    String render() {
        SortedSet<String> left = columns(statuses);
        SortedSet<String> right = columns(versions);
        StringBuilder out = new StringBuilder(String.format("%-26s %8s |", "sent", "requests"));
        left.forEach(status -> out.append(String.format("%6s", status)));
        out.append(" |");
        right.forEach(version -> out.append(String.format("%6s", version)));
        statuses.forEach((sent, row) -> {
            long all = row.values().stream().mapToLong(LongAdder::sum).sum();
            out.append(String.format("%n%-26s %8d |", sent, all));
            cells(out, row, left);
            out.append(" |");
            cells(out, versions.getOrDefault(sent, Map.of()), right);
        });
        return out.append(System.lineSeparator()).toString();
    }

    private static void count(Map<String, Map<String, LongAdder>> table, String row, String column, long times) {
        table.computeIfAbsent(row, key -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(column, key -> new LongAdder())
                .add(times);
    }

    private static SortedSet<String> columns(Map<String, Map<String, LongAdder>> table) {
        SortedSet<String> columns = new TreeSet<>();
        table.values().forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    private static void cells(StringBuilder out, Map<String, LongAdder> row, SortedSet<String> columns) {
        for (String column : columns) {
            LongAdder count = row.get(column);
            out.append(String.format("%6s", count == null || count.sum() == 0 ? "." : count));
        }
    }
}
