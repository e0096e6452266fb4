package dev.lintel.graphql.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What is to be done, until a test does it: tasks of an executor and of a timer. */
final class Later implements Executor, Timer {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    final List<Runnable> timed = new ArrayList<>();
    final List<Duration> delays = new ArrayList<>();
    boolean full;

    @Override
    public void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        tasks.add(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        timed.add(task);
        delays.add(delay);
        return () -> {
            boolean unusedWhetherThere = timed.remove(task);
        };
    }

    /** The time of all that is due comes. */
    void tick() {
        List<Runnable> due = List.copyOf(timed);
        timed.clear();
        due.forEach(Runnable::run);
    }

    void run() {
        tasks.remove().run();
    }
}
