package dev.lintel.cli;

import dev.lintel.core.Names;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What of an apply is known to be written, by the lines that it tells of its progress. */
final class Tally {
    private final Set<String> written = new LinkedHashSet<>();
    private boolean begun;
    private int done;
    private int all;

    /**
     * A line such as {@code 3/7 VirtualService shop/orders: applied}, or {@code writing 7 objects} before the first of them;
     * others tell of no write.
     */
    void hear(String line) {
        begun |= line.startsWith("writing ");
        int slash = line.indexOf('/');
        int space = line.indexOf(' ');
        int colon = line.lastIndexOf(": ");
        if (slash < 1 || space < slash || colon < space) {
            return;
        }
        try {
            int number = Integer.parseInt(line.substring(0, slash));
            all = Integer.parseInt(line.substring(slash + 1, space));
            done = number;
            begun = true;
            written.add(line.substring(space + 1, colon));
        } catch (NumberFormatException e) {
            // It is about waiting: no write.
            return;
        }
    }

    /** Whether anything may have been written. */
    boolean isBegun() {
        return begun;
    }

    /** Objects that were written at least once. */
    Set<String> written() {
        return written;
    }

    /** Objects that are to change, and of which no write is known; the last step may have written some of them. */
    List<String> left(Plan plan) {
        return plan.changes().stream()
                .filter(change -> !(change instanceof Change.Keep))
                .map(Change::object)
                .filter(object -> !written.contains(object))
                .toList();
    }

    /** The last line of an apply that failed. */
    String failed(Plan plan, String next) {
        List<String> left = left(plan);
        String what = all == 0
                ? "no write is known to be done"
                : done + " of " + all + " writes are done (" + Names.few(List.copyOf(written)) + ")";
        return "FAILED: " + what + "; "
                + (left.isEmpty()
                        ? "but not all of it is in force"
                        : "not written, or not known to be: " + Names.few(left))
                + ". What is written stays. Next: " + next;
    }
}
