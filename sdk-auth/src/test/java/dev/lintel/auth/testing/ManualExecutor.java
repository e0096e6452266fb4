package dev.lintel.auth.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Does its work when it is told to, in the thread that tells it. */
public final class ManualExecutor implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    /** Does everything that was to be done until now; answers how much that was. */
    public int work() {
        Queue<Runnable> now = new ArrayDeque<>();
        synchronized (this) {
            now.addAll(tasks);
            tasks.clear();
        }
        now.forEach(Runnable::run);
        return now.size();
    }
}
