package dev.lintel.graphql.execute;

import dev.lintel.graphql.upstream.ErrorDetails;
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
 * @param details what of a service's own words is told
 */
record Setup(
        Upstream upstream,
        Executor executor,
        FieldGuard guard,
        GraphLimits limits,
        LongSupplier nanos,
        SortedMap<String, Bulk> bulks,
        ErrorDetails details) {
    Setup {
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(nanos, "nanos");
        Objects.requireNonNull(details, "details");
        bulks = Collections.unmodifiableSortedMap(new TreeMap<>(bulks));
    }

    Setup upstream(Upstream other) {
        return new Setup(other, executor, guard, limits, nanos, bulks, details);
    }

    Setup executor(Executor other) {
        return new Setup(upstream, other, guard, limits, nanos, bulks, details);
    }

    Setup guard(FieldGuard other) {
        return new Setup(upstream, executor, other, limits, nanos, bulks, details);
    }

    Setup limits(GraphLimits other) {
        return new Setup(upstream, executor, guard, other, nanos, bulks, details);
    }

    Setup nanos(LongSupplier other) {
        return new Setup(upstream, executor, guard, limits, other, bulks, details);
    }

    Setup bulks(SortedMap<String, Bulk> other) {
        return new Setup(upstream, executor, guard, limits, nanos, other, details);
    }

    Setup details(ErrorDetails other) {
        return new Setup(upstream, executor, guard, limits, nanos, bulks, other);
    }
}
