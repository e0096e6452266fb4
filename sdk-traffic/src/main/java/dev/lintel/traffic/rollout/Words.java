package dev.lintel.traffic.rollout;

import dev.lintel.core.Durations;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.traffic.Split;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What events say, in the words of people: short numbers, one line. */
final class Words {
    private static final MathContext SHORT = new MathContext(4);
    private static final int LONGEST = 400;
    /** Above this a duration of seconds is told as a number. */
    private static final double SECONDS = 1e9;

    private Words() {}

    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(SHORT).stripTrailingZeros();
        return Math.abs(value) >= 1e12 || (value != 0 && Math.abs(value) < 1e-6)
                ? rounded.toString()
                : rounded.toPlainString();
    }

    static String percent(double share) {
        return number(share * 100) + " %";
    }

    static String seconds(double value) {
        if (!(value >= 0 && value < SECONDS)) {
            return number(value) + " s";
        }
        return Durations.write(Duration.ofNanos(
                new BigDecimal(value).round(SHORT).movePointRight(9).longValue()));
    }

    static String shares(List<Split.Share> shares) {
        return shares.stream()
                .map(share -> share.version() + " " + share.weight() + " %")
                .collect(Collectors.joining(", "));
    }

    static String problems(List<Problem> problems) {
        return line(problems.stream()
                .map(problem -> problem.path() + ": " + problem.message()
                        + (problem.hint().isEmpty() ? "" : "; " + problem.hint()))
                .collect(Collectors.joining("; and ")));
    }

    static String failure(Throwable failure) {
        if (failure instanceof ProblemsException problems) {
            return problems(problems.problems());
        }
        String message = failure.getMessage();
        return line(message == null || message.isBlank() ? failure.getClass().getSimpleName() : message);
    }

    /** What comes from elsewhere must neither break a line nor fill a page. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
