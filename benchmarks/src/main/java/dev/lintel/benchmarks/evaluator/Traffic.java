package dev.lintel.benchmarks.evaluator;

import dev.lintel.core.evaluate.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Requests in an order that no cache foresees, as many for each API. */
final class Traffic {
    private static final int SIZE = 1 << 14;

    private final LiveRequest[] requests = new LiveRequest[SIZE];
    private int next;

    /** Requests to the first so many of the APIs. */
    Traffic(int apis, String path, String scope) {
        List<LiveRequest> all = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int api = i % apis;
            Token token = Token.Verified.of(Catalogue.ISSUER, "alice", "api-" + api, scope);
            all.add(new LiveRequest(Catalogue.host(api), path, token));
        }
        Collections.shuffle(all, new Random(1));
        all.toArray(requests);
    }

    LiveRequest next() {
        return requests[next++ & SIZE - 1];
    }
}
