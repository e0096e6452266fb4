package dev.lintel.benchmarks.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an importer has made of the documents so far. */
final class Score {
    private final List<String[]> results = new ArrayList<>();

    void add(String result) {
        results.add(result.split("\t", -1));
    }

    int documents() {
        return results.size();
    }

    long valid() {
        return count("ok");
    }

    private long count(String verdict) {
        return results.stream().filter(result -> result[0].equals(verdict)).count();
    }

    private long sum(int column) {
        return results.stream()
                .mapToLong(result -> Long.parseLong(result[column]))
                .sum();
    }

    /** Operations are counted by ours alone: all are judged by the same number. */
    String summary(long operations) {
        List<Long> times = results.stream()
                .map(result -> Long.parseLong(result[1]))
                .sorted()
                .toList();
        long empty = results.stream()
                .filter(result -> result[0].equals("ok") && result[3].equals("0"))
                .count();
        return String.format(
                Locale.ROOT,
                "%d documents: %d valid schemas (%.2f %%), %d without a field, %d failed, %d hang, %d died, %d miscounted%n"
                        + "  %d operations: %d fields (%.2f %%)%n"
                        + "  time: median %d ms, 99 %% %d ms, most %d ms",
                documents(),
                valid(),
                100.0 * valid() / documents(),
                empty,
                count("FAILED"),
                count("HANGS"),
                count("DIED"),
                count("TOTAL"),
                operations,
                sum(3),
                100.0 * sum(3) / Math.max(1, operations),
                times.get(times.size() / 2),
                times.get(times.size() * 99 / 100),
                times.get(times.size() - 1));
    }

    long operations() {
        return sum(2);
    }

    /** What only ours tells. */
    String losses() {
        return String.format(
                Locale.ROOT, " %d omitted; %d widened, %d unchecked, %d unused", sum(4), sum(5), sum(6), sum(7));
    }
}
