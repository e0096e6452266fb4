package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import java.util.IdentityHashMap;

/** Calls in the worst case: all lists are full, all conditions hold, no two calls are the same. */
final class Cost {
    private static final long MOST = 1_000_000_000_000L;

    private final long items;
    private final IdentityHashMap<Chosen, Long> known = new IdentityHashMap<>();

    Cost(int items) {
        this.items = items;
    }

    long of(Chosen chosen) {
        Long before = known.get(chosen);
        if (before != null) {
            return before;
        }
        long sum = 0;
        for (Pick pick : chosen.picks()) {
            sum += pick.source() instanceof Source.Call ? 1 : 0;
            sum = Math.min(MOST, sum + of(pick.out()));
        }
        known.put(chosen, sum);
        return sum;
    }

    private long of(Out out) {
        if (out instanceof Out.Items list) {
            return Math.min(MOST, items * of(list.of()));
        } else if (out instanceof Out.Entries entries) {
            return Math.min(MOST, items * of(entries.entry()));
        } else if (out instanceof Out.One one) {
            return of(one.chosen());
        } else if (out instanceof Out.Several several) {
            return several.chosen().values().stream().mapToLong(this::of).max().orElse(0);
        }
        return 0;
    }
}
