package dev.lintel.embedded.log;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** All that is logged, at every level and by everything in this JVM, while it is open. */
public final class LogWatch implements AutoCloseable {
    private static final List<LogWatch> OPEN = new CopyOnWriteArrayList<>();

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogWatch() {}

    /** Starts watching. */
    public static LogWatch open() {
        LogWatch watch = new LogWatch();
        OPEN.add(watch);
        return watch;
    }

    static void hand(Supplier<String> line) {
        if (!OPEN.isEmpty()) {
            String text = line.get();
            OPEN.forEach(watch -> watch.lines.add(text));
        }
    }

    /** What was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        OPEN.remove(this);
    }
}
