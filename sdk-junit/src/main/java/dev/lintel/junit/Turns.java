package dev.lintel.junit;

import dev.lintel.embedded.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Who may use a shared fixture now, and what it is put back to before. Tests of one class take turns, also where JUnit
 * would run them at the same time. What a class says in {@code @BeforeAll} holds for each of its tests and those of the
 * classes nested in it: nobody else has a turn from before it is said until the first test has noted it.
 */
final class Turns {
    private static final long PATIENCE_MINUTES = 10;

    private final Supplier<Checkpoint> fixture;
    private final Semaphore turn = new Semaphore(1);
    private final Map<String, Scope> scopes = new HashMap<>();
    private final Scope top;
    /** The thread of the test that has the turn. */
    private volatile @Nullable Thread holder;

    /** The class whose {@code @BeforeAll} had the turn last. */
    private volatile @Nullable Scope begun;

    /** One class, while its tests run. */
    private static final class Scope {
        /** Whether the turn that was taken for {@code @BeforeAll} still waits for a test. */
        final AtomicBoolean open = new AtomicBoolean();

        /** The thread on which its {@code @BeforeAll} runs. */
        volatile @Nullable Thread thread;

        volatile @Nullable Checkpoint base;
    }

    /**
     * Nobody has a turn yet.
     *
     * @param fixture notes what there is at a moment
     */
    Turns(Supplier<Checkpoint> fixture) {
        this.fixture = fixture;
        this.top = new Scope();
        top.base = fixture.get();
    }

    /** A class is there, and will wait for its turn: as long as it has not left, nobody is the last one. */
    synchronized void arrive(ExtensionContext classContext) {
        scopes.put(classContext.getUniqueId(), new Scope());
    }

    /** A class begins; its {@code @BeforeAll} finds what the class around it had. */
    void enter(ExtensionContext classContext) {
        take(around(classContext.getParent().orElse(null)));
        Scope entered = around(classContext);
        holder = null;
        entered.thread = Thread.currentThread();
        begun = entered;
        entered.open.set(true);
    }

    /**
     * A class has ended.
     *
     * @return whether it was the last one
     */
    boolean leave(ExtensionContext classContext) {
        Scope left;
        boolean last;
        synchronized (this) {
            left = scopes.remove(classContext.getUniqueId());
            last = scopes.isEmpty();
        }
        if (left != null && left.open.compareAndSet(true, false)) {
            release();
        }
        return last;
    }

    /** A test begins; it finds what its class had. */
    void begin(ExtensionContext testContext) {
        take(around(testContext));
    }

    /** A test has ended. */
    void end() {
        release();
    }

    private void release() {
        holder = null;
        turn.release();
    }

    private synchronized Scope around(@Nullable ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            Scope found = scopes.get(at.getUniqueId());
            if (found != null) {
                return found;
            }
        }
        return top;
    }

    private void take(Scope scope) {
        if (!noted(scope) && !notedForAnother()) {
            acquire();
        }
        holder = Thread.currentThread();
        try {
            Checkpoint base = scope.base;
            if (base != null) {
                base.restore();
            }
        } catch (RuntimeException | Error e) {
            // Others are not kept waiting by somebody who will not begin.
            release();
            throw e;
        }
    }

    /** The turn of a class is taken over by whoever begins first, and what its {@code @BeforeAll} said is noted. */
    private boolean noted(Scope scope) {
        if (!scope.open.compareAndSet(true, false)) {
            return false;
        }
        try {
            scope.base = fixture.get();
            return true;
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /**
     * JUnit's fork-join pool may begin another test on the very thread that has begun a class and waits for its tests. Its
     * {@code @BeforeAll} is over then, and its first test may be waiting behind this one: it has its turn later.
     */
    private boolean notedForAnother() {
        Scope waiting = begun;
        return waiting != null && Thread.currentThread().equals(waiting.thread) && noted(waiting);
    }

    private void acquire() {
        if (Thread.currentThread().equals(holder)) {
            throw new IllegalStateException(
                    "JUnit has begun this test on the thread of another one that waits for parallel"
                            + " work; set junit.jupiter.execution.parallel.config.executor-service = WORKER_THREAD_POOL, or give"
                            + " each test a gateway of its own by a field that is not static");
        }
        try {
            if (!turn.tryAcquire(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("another test has used the gateway of this class for "
                        + PATIENCE_MINUTES + " minutes; give each test its own by a field that is not static");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gateway of this class", e);
        }
    }
}
