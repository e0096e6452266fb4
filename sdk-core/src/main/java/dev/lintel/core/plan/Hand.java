package dev.lintel.core.plan;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who has said something in an object, as far as the world keeps it.
 *
 * @param manager the name by which it writes, for example {@code kubectl-edit}
 * @param at when it wrote to the object last; null if that is not known
 * @param fields what it has said there of all that differs, for example {@code spec.rules}
 */
public record Hand(String manager, @Nullable Instant at, List<String> fields) {
    /** Keeps the list unchangeable. */
    public Hand {
        Objects.requireNonNull(manager, "manager");
        fields = List.copyOf(fields);
    }

    /** In a line, for example {@code kubectl-edit at 2026-11-27T19:02:11Z: spec.rules}. */
    @Override
    public String toString() {
        return manager + (at == null ? "" : " at " + at) + ": " + String.join(", ", fields);
    }
}
