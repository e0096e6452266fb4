package dev.lintel.kubernetes;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Drift;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells of drift when it happens. The cluster says that something has changed, and then all is looked at anew, so that
 * nothing of the cluster is kept here but versions; however much changes, it is looked at once in a while. Every ten
 * minutes it is looked at in any case.
 *
 * <p>It compares with the definitions that it was given last. What the application applies itself is said by
 * {@link #applying}, and is no drift.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Kubernetes:
 *     watches</a>
 */
public final class DriftWatcher implements AutoCloseable {
    private static final Duration ANYWAY = Duration.ofMinutes(10);

    private final Function<Collection<? extends Definition>, Drift> diff;
    private final Watches watches;
    private final Pauses pauses;
    private final Duration every;
    private final Executor executor;
    private final DriftListener listener;
    private final CompletableFuture<Void> anyway = new CompletableFuture<>();
    private List<Definition> definitions;
    private @Nullable Drift last;
    private boolean changed = true;
    private boolean busy;
    private boolean closed;
    private int held;
    private int tried;
    /** Counts applies: what was looked at while one began or ended is not told. */
    private long applies;

    /** What says that something has changed. */
    interface Watches extends AutoCloseable {
        /**
         * Sees that all is watched, from now on where it was not.
         *
         * @throws UnreachableException if that cannot be
         * @throws RefusedException if the account of the client may not
         */
        void begin();

        /** Looks for kinds that are new, and begins again what has been silent for too long. */
        void refresh();

        @Override
        void close();
    }

    /** What a watch tells. */
    interface Told {
        void changed();

        void blind(RuntimeException why);
    }

    DriftWatcher(
            Function<Collection<? extends Definition>, Drift> diff,
            Function<Told, Watches> watches,
            Pauses pauses,
            Duration every,
            Executor executor,
            DriftListener listener,
            Collection<? extends Definition> definitions) {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException(
                    "a cluster is looked at once in more than no time, but was given " + every);
        }
        this.diff = diff;
        this.pauses = pauses;
        this.every = every;
        this.executor = executor;
        this.listener = listener;
        this.definitions = List.copyOf(definitions);
        this.watches = watches.apply(new Told() {
            @Override
            public void changed() {
                DriftWatcher.this.changed();
            }

            @Override
            public void blind(RuntimeException why) {
                executor.execute(() -> DriftWatcher.this.blind(why));
            }
        });
    }

    void start() {
        wake(Duration.ZERO);
        lookAnyway();
    }

    /**
     * Applies something, which is no drift. What happens meanwhile is told afterwards, compared with the new definitions.
     *
     * @param next all definitions that are to hold afterwards; the old ones still hold if it throws
     * @param apply for example {@code () -> mesh.apply(plan)}
     */
    public void applying(Collection<? extends Definition> next, Runnable apply) {
        List<Definition> after = List.copyOf(next);
        synchronized (this) {
            held++;
            applies++;
        }
        boolean done = false;
        try {
            apply.run();
            done = true;
        } finally {
            synchronized (this) {
                held--;
                applies++;
                changed = true;
                definitions = done ? after : definitions;
            }
            wake(every);
        }
    }

    /** Stops looking. What is being looked at is not told any more; the executor stays the caller's. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        anyway.cancel(false);
        watches.close();
    }

    private void changed() {
        synchronized (this) {
            changed = true;
        }
        wake(every);
    }

    private void lookAnyway() {
        CompletableFuture<Void> pause = pauses.pause(ANYWAY)
                .thenRunAsync(
                        () -> {
                            if (!isClosed()) {
                                watches.refresh();
                                changed();
                                lookAnyway();
                            }
                        },
                        executor);
        CompletableFuture<Void> unusedEnd = anyway.whenComplete((nothing, closing) -> pause.cancel(false));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What changes until then is looked at together. */
    private synchronized void wake(Duration after) {
        if (changed && !busy && !closed && held == 0) {
            busy = true;
            CompletableFuture<Void> unused = pauses.pause(after).thenRunAsync(this::look, executor);
        }
    }

    private void look() {
        Duration next = every;
        try {
            List<Definition> meant;
            long since;
            synchronized (this) {
                if (closed || held > 0) {
                    return;
                }
                changed = false;
                meant = definitions;
                since = applies;
            }
            watches.begin();
            tell(diff.apply(meant), since);
            tried = 0;
        } catch (RuntimeException e) {
            // Whatever it is, it may be another thing the next time; the listener is told.
            synchronized (this) {
                changed = true;
            }
            Duration later = KindWatch.backoff(tried++);
            next = later.compareTo(every) > 0 ? later : every;
            blind(e);
        } finally {
            synchronized (this) {
                busy = false;
            }
            wake(next);
        }
    }

    private void tell(Drift drift, long since) {
        Optional<DriftReport> report;
        synchronized (this) {
            if (closed || since != applies) {
                changed = true;
                return;
            }
            report = DriftReport.between(last, drift);
            last = drift;
        }
        report.ifPresent(listener::drifted);
    }

    private void blind(RuntimeException why) {
        if (!isClosed()) {
            listener.blind(why);
        }
    }
}
