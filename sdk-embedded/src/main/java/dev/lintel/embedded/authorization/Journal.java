package dev.lintel.embedded.authorization;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How many token requests came, and the last requests of all endpoints. */
final class Journal {
    static final int KEPT = 10_000;

    private final Deque<TokenRequest> tokens = new ArrayDeque<>();
    private final Deque<EndpointRequest> all = new ArrayDeque<>();
    private long count;

    /** A request to the token endpoint; it is noted as one to an endpoint besides. */
    synchronized void add(TokenRequest request) {
        count++;
        if (tokens.size() == KEPT) {
            tokens.removeFirst();
        }
        tokens.addLast(request);
    }

    synchronized void add(EndpointRequest request) {
        if (all.size() == KEPT) {
            all.removeFirst();
        }
        all.addLast(request);
    }

    synchronized void clear() {
        count = 0;
        tokens.clear();
        all.clear();
    }

    synchronized long count() {
        return count;
    }

    synchronized List<TokenRequest> last() {
        return List.copyOf(tokens);
    }

    synchronized List<EndpointRequest> requests() {
        return List.copyOf(all);
    }
}
