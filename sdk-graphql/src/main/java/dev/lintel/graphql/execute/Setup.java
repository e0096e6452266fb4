package dev.lintel.graphql.execute;

import dev.lintel.graphql.upstream.Upstream;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What can be chosen about an engine.
 *
 * @param upstream the service
 * @param executor runs calls side by side
 * @param guard asked for each field
 * @param limits of each request
 * @param nanos the clock
 * @param bulks by the keys of operations that are called together
 */
record Setup(
        Upstream upstream,
        Executor executor,
        FieldGuard guard,
        GraphLimits limits,
        LongSupplier nanos,
        SortedMap<String, Bulk> bulks) {
    Setup {
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(nanos, "nanos");
        bulks = Collections.unmodifiableSortedMap(new TreeMap<>(bulks));
    }
}
