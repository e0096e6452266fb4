package dev.lintel.benchmarks.gateway;

import java.util.List;
import java.util.Locale;

/**
 * The smallest, the middle and the largest of several figures.
 *
 * @param min the smallest
 * @param median the middle one; of an even number of figures, the mean of the two in the middle
 * @param max the largest
 */
record Spread(double min, double median, double max) {
    static Spread of(List<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("there are no figures");
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int last = sorted.size() - 1;
        double median = (sorted.get(last / 2) + sorted.get(last - last / 2)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(last));
    }

    String text(String format) {
        return String.format(Locale.ROOT, format + " – **" + format + "** – " + format, min, median, max);
    }
}
