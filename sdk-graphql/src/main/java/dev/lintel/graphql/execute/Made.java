package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.execute.Plan.Pick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of the answer.
 *
 * @param chosen what was asked of it
 * @param values in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all the equality that it needs
record Made(Chosen chosen, @Nullable Object[] values) {
    /** Stands for a field that is not there, as directives say. */
    static final Object HIDDEN = new Object();

    /**
     * Writes it.
     *
     * @return false if it is null because a field is null that must not be; then nothing is left of it
     */
    boolean write(JsonOut to) {
        int mark = to.mark();
        to.raw('{');
        boolean first = true;
        List<Pick> picks = chosen.picks();
        for (int i = 0; i < values.length; i++) {
            Pick pick = picks.get(i);
            if (HIDDEN.equals(values[i])) {
                continue;
            }
            if (!first) {
                to.raw(',');
            }
            first = false;
            to.raw(pick.opening());
            if (!write(to, pick.out(), pick.needed(), values[i])) {
                to.back(mark);
                return false;
            }
        }
        to.raw('}');
        return true;
    }

    private static boolean write(JsonOut to, Out out, boolean needed, @Nullable Object value) {
        boolean there;
        if (value instanceof Made object) {
            there = object.write(to);
        } else if (value instanceof List<?> list && !(out instanceof Out.Json)) {
            there = list(to, out, list);
        } else {
            there = value != null;
            if (there) {
                to.value(value);
            }
        }
        if (!there && !needed) {
            to.none();
        }
        return there || !needed;
    }

    private static boolean list(JsonOut to, Out out, List<?> list) {
        int mark = to.mark();
        Out of = out instanceof Out.Items items ? items.of() : out;
        boolean needed = !(out instanceof Out.Items items) || items.needed();
        to.raw('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                to.raw(',');
            }
            if (!write(to, of, needed, list.get(i))) {
                to.back(mark);
                return false;
            }
        }
        to.raw(']');
        return true;
    }
}
