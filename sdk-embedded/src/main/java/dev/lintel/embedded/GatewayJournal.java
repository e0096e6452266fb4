package dev.lintel.embedded;

import dev.lintel.embedded.serve.Recorder;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last requests that a gateway has answered, each with the decision and what led to it. */
public final class GatewayJournal {
    private final int capacity;
    private final Deque<GatewayRequest> last = new ArrayDeque<>();
    private long count;

    GatewayJournal(int capacity) {
        this.capacity = capacity;
    }

    /** A journal for these settings; null if they ask for none. */
    static @Nullable GatewayJournal of(GatewaySettings settings) {
        return settings.journal == 0 ? null : new GatewayJournal(settings.journal);
    }

    Recorder recorder(InstantSource clock) {
        return (head, explanation, status, whole) -> {
            boolean read = head.refusal() == null;
            add(new GatewayRequest(
                    clock.instant(),
                    read ? head.method() : "-",
                    read ? head.host() : "-",
                    read ? head.path() : "",
                    head.caller(),
                    explanation,
                    status,
                    whole));
        };
    }

    private synchronized void add(GatewayRequest request) {
        count++;
        if (last.size() == capacity) {
            last.removeFirst();
        }
        last.addLast(request);
    }

    /**
     * How many requests have ended since the start, or since the journal was cleared.
     *
     * @return those that are not kept any more included
     */
    public synchronized long count() {
        return count;
    }

    /**
     * The last requests, as many as the settings allow.
     *
     * @return the oldest first
     */
    public synchronized List<GatewayRequest> requests() {
        return List.copyOf(last);
    }

    /** Forgets all requests so far. */
    public synchronized void clear() {
        count = 0;
        last.clear();
    }
}
