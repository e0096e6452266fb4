package dev.lintel.benchmarks.tokens;

import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Lets many callers want a token at once, for each contender in each column, and prints a row for each. */
public final class HerdBenchmark {
    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 200;
    private static final int STACK_BYTES = 256 * 1024;
    /** Why callers failed, for whoever wants to know; the table only counts them. */
    private static final Map<String, Integer> WHY = new ConcurrentHashMap<>();

    private HerdBenchmark() {}

    /**
     * Runs and prints as it goes.
     *
     * @param contenders who takes part
     * @param arguments how many callers there are, one or more numbers, 1000 and 10000 if there are none; and the
     *     beginnings of the names of those who take part, all if there are none
     * @throws Exception if a state cannot be reached; not if callers fail, which is counted
     */
    public static void run(List<TokenContender> contenders, String[] arguments) throws Exception {
        List<Integer> callers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.chars().allMatch(Character::isDigit)) {
                callers.add(Integer.valueOf(argument));
            } else {
                names.add(argument);
            }
        }
        if (callers.isEmpty()) {
            callers.addAll(List.of(1000, 10000));
        }
        OUT.println(HerdRow.HEAD);
        try (EndpointProcess endpoint = new EndpointProcess()) {
            for (TokenContender contender : contenders) {
                if (!names.isEmpty() && names.stream().noneMatch(contender.name()::startsWith)) {
                    continue;
                }
                HerdRow unused = one(endpoint, contender, Column.COLD, WARM_UP);
                for (int number : callers) {
                    for (Column column : Column.values()) {
                        OUT.println(one(endpoint, contender, column, number));
                    }
                }
            }
        }
    }

    /** The callers stand ready before the client gets its token: that may take a while, in which a token grows old. */
    private static HerdRow one(EndpointProcess endpoint, TokenContender contender, Column column, int callers)
            throws Exception {
        long[] nanos = new long[callers];
        WHY.clear();
        AtomicInteger errors = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(callers);
        AtomicReference<TokenContender.Client> shared = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            Thread thread = new Thread(null, () -> nanos[caller] = call(shared, ready, errors), "caller", STACK_BYTES);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        ready.await();
        URI uri = endpoint.open();
        endpoint.set(200, 0);
        TokenContender.Client client = contender.prepare(column.held(), uri);
        try {
            endpoint.set(column.status(), column.latency().toMillis());
            shared.set(client);
            // A latch would let each thread wake the next one, which takes as long as all of them take to be scheduled.
            threads.forEach(LockSupport::unpark);
            for (Thread thread : threads) {
                thread.join();
            }
            if (!WHY.isEmpty()) {
                System.err.println(contender.name() + ", " + column.title() + ": " + WHY);
            }
            return HerdRow.of(contender.name(), column, endpoint.requests(), errors.get(), nanos);
        } finally {
            client.close();
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        for (Throwable deeper = e.getCause(); deeper != null; deeper = deeper.getCause()) {
            cause = deeper;
        }
        return cause.getClass().getSimpleName() + ": "
                + String.valueOf(cause.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\d+ ms", "a while");
    }

    private static long call(
            AtomicReference<TokenContender.Client> shared, CountDownLatch ready, AtomicInteger errors) {
        ready.countDown();
        TokenContender.Client client = shared.get();
        while (client == null) {
            LockSupport.park(shared);
            client = shared.get();
        }
        long begun = System.nanoTime();
        try {
            if (!client.authorization().startsWith("Bearer token-")) {
                errors.incrementAndGet();
            }
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            errors.incrementAndGet();
            WHY.merge(reason(e), 1, Integer::sum);
        }
        return System.nanoTime() - begun;
    }
}
