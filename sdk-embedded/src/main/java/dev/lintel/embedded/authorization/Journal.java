package dev.lintel.embedded.authorization;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How many token requests came, and the last of them. */
final class Journal {
    static final int KEPT = 10_000;

    private final Deque<TokenRequest> last = new ArrayDeque<>();
    private long count;

    synchronized void add(TokenRequest request) {
        count++;
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(request);
    }

    synchronized void clear() {
        count = 0;
        last.clear();
    }

    synchronized long count() {
        return count;
    }

    synchronized List<TokenRequest> last() {
        return List.copyOf(last);
    }
}
