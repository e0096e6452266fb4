package dev.lintel.mesh.gatewayapi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One line of a list of which the first that matches wins.
 *
 * @param asked which requests
 * @param deed what happens to them
 */
record Line(Asked asked, Deed deed) {
    /** More than this is no list that a person would write. */
    private static final int MOST = 256;

    /**
     * Lines that mean the same when they are asked in the order of Gateway API. Where an earlier line is the less
     * specific of two that meet, what both match gets a line of its own, which is more specific than either.
     *
     * @param first the first that matches wins
     * @return the most specific first
     * @throws IllegalArgumentException if there would be too many, or two cookies would be asked for at once
     */
    static List<Line> byPrecedence(List<Line> first) {
        List<Line> lines = new ArrayList<>();
        first.forEach(line -> add(lines, lines.size(), line));
        for (int i = 0; i < lines.size(); i++) {
            for (int j = i + 1; j < lines.size(); j++) {
                Asked one = lines.get(i).asked();
                Asked other = lines.get(j).asked();
                boolean told = !one.meets(other) || other.covers(one) || one.isSafeBefore(other);
                if (!told
                        && add(
                                lines,
                                i,
                                new Line(
                                        one.and(other).orElseThrow(),
                                        lines.get(i).deed()))) {
                    i = -1;
                    break;
                }
            }
        }
        lines.sort(Comparator.comparing(Line::asked, Asked::compareByStandard));
        return withoutNeedless(lines);
    }

    /** Adds a line unless earlier ones take all its requests. */
    @CanIgnoreReturnValue
    private static boolean add(List<Line> lines, int at, Line line) {
        if (lines.subList(0, at).stream().anyMatch(earlier -> earlier.asked().covers(line.asked()))) {
            return false;
        }
        if (lines.stream().anyMatch(other -> other.asked().equals(line.asked()))) {
            return false;
        }
        if (lines.size() == MOST) {
            throw new IllegalArgumentException("routes overlap in more than " + MOST + " ways");
        }
        lines.add(at, line);
        return true;
    }

    /** Without the lines whose requests fare alike by the next line that matches any of them. */
    private static List<Line> withoutNeedless(List<Line> lines) {
        List<Line> kept = new ArrayList<>(lines);
        for (int i = kept.size() - 1; i >= 0; i--) {
            Line line = kept.get(i);
            for (Line later : kept.subList(i + 1, kept.size())) {
                if (later.asked().meets(line.asked())) {
                    if (later.asked().covers(line.asked()) && later.deed().equals(line.deed())) {
                        kept.remove(i);
                    }
                    break;
                }
            }
        }
        return kept;
    }
}
