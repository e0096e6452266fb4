package dev.lintel.embedded.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is under way, so that an end can wait for it. */
final class UnderWay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition less = lock.newCondition();
    private int count;

    void begin() {
        add(1);
    }

    void end() {
        add(-1);
    }

    private void add(int more) {
        lock.lock();
        try {
            count += more;
            less.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is, or the time is over. */
    void awaitNone(long time, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(time);
        lock.lockInterruptibly();
        try {
            while (count > 0 && left > 0) {
                left = less.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
