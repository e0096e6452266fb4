package dev.lintel.benchmarks.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The samples of all rounds as a table, and their ratios, which are taken round by round. */
final class Report {
    private final Map<String, List<Sample>> rows = new LinkedHashMap<>();

    void add(String row, Sample sample) {
        rows.computeIfAbsent(row, name -> new ArrayList<>()).add(sample);
    }

    /**
     * One measurement of one contender.
     *
     * @param perSecond requests per second
     * @param cpuMicros processor time of the proxy per request, user and system, in microseconds
     * @param p50 median latency in milliseconds
     * @param p99 99th percentile of the latency in milliseconds
     * @param residentMib resident memory of the proxy after the measurement
     * @param failed requests that failed
     */
    record Sample(double perSecond, double cpuMicros, double p50, double p99, double residentMib, long failed) {}

    long failed() {
        return rows.values().stream()
                .flatMap(List::stream)
                .mapToLong(Sample::failed)
                .sum();
    }

    String table() {
        StringBuilder text = new StringBuilder("""
                | contender | requests/s, thousands | CPU µs/request | p50 ms | p99 ms | RSS MiB | failed |
                |---|---|---|---|---|---|---|
                """);
        rows.forEach((row, samples) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.0f | %d |%n",
                row,
                spread(samples, sample -> sample.perSecond() / 1_000).text("%.1f"),
                spread(samples, Sample::cpuMicros).text("%.1f"),
                spread(samples, Sample::p50).text("%.2f"),
                spread(samples, Sample::p99).text("%.1f"),
                spread(samples, Sample::residentMib).max(),
                samples.stream().mapToLong(Sample::failed).sum())));
        return text.toString();
    }

    /** Every row against one of them: requests per second and CPU per request, minimum, median and maximum of the rounds. */
    String ratios(String base) {
        StringBuilder text = new StringBuilder(String.format("""
                | against %s | requests/s | CPU/request |
                |---|---|---|
                """, base));
        rows.keySet().stream()
                .filter(row -> !row.equals(base))
                .forEach(row -> text.append(String.format(
                        "| %s | %s | %s |%n",
                        row,
                        ratio(row, base, Sample::perSecond).text("%.2f"),
                        ratio(row, base, Sample::cpuMicros).text("%.2f"))));
        return text.toString();
    }

    Spread ratio(String row, String base, ToDoubleFunction<Sample> figure) {
        List<Sample> ours = samples(row);
        List<Sample> theirs = samples(base);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
            ratios.add(figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(theirs.get(round)));
        }
        return Spread.of(ratios);
    }

    Spread spread(String row, ToDoubleFunction<Sample> figure) {
        return spread(samples(row), figure);
    }

    private List<Sample> samples(String row) {
        return rows.getOrDefault(row, List.of());
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }
}
