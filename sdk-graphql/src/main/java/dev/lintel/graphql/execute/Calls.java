package dev.lintel.graphql.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Makes calls side by side: the calling thread makes the last one, and each one that nobody has begun by then. */
final class Calls {
    private final Executor executor;
    private final LongSupplier nanos;
    private final long deadline;

    Calls(Executor executor, LongSupplier nanos, long deadline) {
        this.executor = executor;
        this.nanos = nanos;
        this.deadline = deadline;
    }

    /** Nanoseconds that are left, none or less if the deadline has passed. */
    long left() {
        return deadline - nanos.getAsLong();
    }

    void make(List<Call> calls) {
        if (calls.size() == 1) {
            calls.get(0).result(calls.get(0).call());
            return;
        }
        List<FutureTask<Call.Result>> tasks = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            FutureTask<Call.Result> task = new FutureTask<>(calls.get(i));
            tasks.add(task);
            if (i + 1 < calls.size()) {
                hand(task);
            }
        }
        for (int i = tasks.size() - 1; i >= 0; i--) {
            if (left() > 0 && !Thread.currentThread().isInterrupted()) {
                tasks.get(i).run();
            }
        }
        for (int i = 0; i < tasks.size(); i++) {
            calls.get(i).result(await(tasks.get(i)));
        }
    }

    /** An executor that takes nothing more leaves the work to the calling thread. */
    private void hand(FutureTask<Call.Result> task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private Call.Result await(FutureTask<Call.Result> task) {
        try {
            return task.get(Math.max(0, left()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            boolean unusedStopped = task.cancel(true);
            return Call.Result.of(Code.DEADLINE_EXCEEDED);
        } catch (InterruptedException e) {
            boolean unusedStopped = task.cancel(true);
            Thread.currentThread().interrupt();
            return Call.Result.of(Code.CANCELLED);
        } catch (ExecutionException e) {
            return Call.Result.of(Code.INTERNAL);
        }
    }
}
