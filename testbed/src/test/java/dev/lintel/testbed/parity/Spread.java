package dev.lintel.testbed.parity;

import dev.lintel.core.model.BalanceRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A world in which the workloads that get a call are looked at: over many calls it is one of two, or it is both. Neither the two
 * worlds nor two runs pick the same ones.
 */
record Spread(Asked world) implements Asked {
    private static final String ONE = "one workload";
    private static final String ALL = "all workloads";
    private static final Set<String> WORKLOADS = Set.of("v1", "v2");

    /** Whether a row is about them. */
    static boolean isAsked(Ask ask) {
        return ask.expect().equals(ONE) || ask.expect().equals(ALL);
    }

    @Override
    public String answer(Ask ask) {
        if (!isAsked(ask)) {
            return world.answer(ask);
        }
        Ask plain = ask.expecting("");
        Set<String> seen = new TreeSet<>();
        IntStream.range(0, ask.count())
                .mapToObj(i -> ask.vary().isEmpty() ? plain : plain.with(ask.vary(), "value-" + i))
                .forEach(one -> seen.add(world.answer(one).split(" ")[0]));
        if (!WORKLOADS.containsAll(seen)) {
            return String.valueOf(seen);
        }
        return seen.size() == 1 ? ONE : ALL;
    }

    /** What a rule makes of a row. */
    static String by(Ask ask, @Nullable BalanceRule rule) {
        BalanceRule.HashOn hash = rule == null ? null : rule.hashOn();
        return hash != null && isKept(ask, hash) ? ONE : ALL;
    }

    private static boolean isKept(Ask ask, BalanceRule.HashOn hash) {
        return switch (hash.by()) {
            case ADDRESS -> true;
            case HEADER ->
                !ask.vary().equals(hash.name()) && !ask.header(hash.name()).isEmpty();
            case COOKIE ->
                List.of(ask.header("cookie").split("; *")).stream()
                        .anyMatch(cookie -> cookie.startsWith(hash.name() + "="));
            case QUERY ->
                List.of(ask.query().split("&")).stream().anyMatch(parameter -> parameter.startsWith(hash.name() + "="));
        };
    }
}
