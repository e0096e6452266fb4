package dev.lintel.testbed.plane;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks the same all the time, and counts what it is answered. */
final class Prober implements AutoCloseable {
    private static final int MOST = 200_000;

    private final Map<Integer, Integer> seen = new ConcurrentSkipListMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    Prober(Caller caller, Call call) {
        this.thread = new Thread(
                () -> {
                    for (int i = 0; i < MOST && !over.get(); i++) {
                        seen.merge(caller.send(call).status(), 1, Integer::sum);
                    }
                },
                "prober");
        thread.start();
    }

    /** How often each status has come; 0 is no answer. */
    Map<Integer, Integer> seen() {
        return Map.copyOf(seen);
    }

    @Override
    public void close() {
        over.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
