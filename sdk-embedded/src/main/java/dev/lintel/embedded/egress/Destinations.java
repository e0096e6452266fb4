package dev.lintel.embedded.egress;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What was carried for one application, by destination. Hosts come from the application, so their number is bounded. */
public final class Destinations {
    private static final int MOST = 1_000;

    /** Where everything is counted that comes after the first thousand. */
    private static final String OTHERS = "others";

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** The counters of one destination. */
    public static final class Count {
        private final LongAdder connections = new LongAdder();
        private final AtomicInteger open = new AtomicInteger();
        private final LongAdder sent = new LongAdder();
        private final LongAdder received = new LongAdder();

        void opened() {
            connections.increment();
            open.incrementAndGet();
        }

        void closed() {
            open.decrementAndGet();
        }

        void sent(long bytes) {
            sent.add(bytes);
        }

        void received(long bytes) {
            received.add(bytes);
        }

        public long connections() {
            return connections.sum();
        }

        public int open() {
            return open.get();
        }

        public long sent() {
            return sent.sum();
        }

        public long received() {
            return received.sum();
        }
    }

    Count of(String host, int port) {
        String name = host + ":" + port;
        Count known = counts.get(name);
        if (known != null) {
            return known;
        }
        return counts.computeIfAbsent(counts.size() < MOST ? name : OTHERS, destination -> new Count());
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        failed.increment();
    }

    /** By host and port. */
    public Map<String, Count> counts() {
        return counts;
    }

    /** Calls that the rules, or the host's address, did not let out, and tunnels for another host. */
    public long refusals() {
        return refused.sum();
    }

    /** Calls that were let out and did not get through. */
    public long failures() {
        return failed.sum();
    }
}
