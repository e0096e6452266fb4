package dev.lintel.testbed.parity;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A call that leaves, and what is to come of it: one row of a case file.
 *
 * @param place the file and the number of the row, for messages
 * @param from the workload that calls, {@code name.namespace}
 * @param to where it goes: scheme and host
 * @param expect {@code out} or {@code refused}
 * @param code the deviation that makes the mesh answer otherwise; empty for none
 * @param mesh what comes of it there: {@code out}, the status of an answer of the proxy's, or {@code cut}
 */
record Exit(String place, String from, URI to, String expect, String code, String mesh) {
    static final String OUT = "out";
    static final String REFUSED = "refused";
    static final String CUT = "cut";

    /** One row: a case for each of its callers and each of its hosts. */
    static List<Exit> of(String place, Map<?, ?> row) {
        List<Exit> exits = new ArrayList<>();
        String expect = Ask.text(row, "expect", "");
        for (String from : Ask.many(row.get("from"))) {
            for (String to : Ask.many(row.get("leave"))) {
                exits.add(new Exit(
                        place, from, URI.create(to), expect, Ask.text(row, "code", ""), Ask.text(row, "mesh", expect)));
            }
        }
        return exits;
    }

    String application() {
        return from.substring(0, from.indexOf('.'));
    }

    String namespace() {
        return from.substring(from.indexOf('.') + 1);
    }

    boolean isPlain() {
        return "http".equals(to.getScheme());
    }

    int port() {
        return isPlain() ? 80 : 443;
    }

    @Override
    public String toString() {
        return place + ": " + from + " to " + to;
    }

    /** A world of which somebody wants to leave. */
    interface World {
        /** What comes of it, as in {@link Exit#mesh}. */
        String leaves(Exit exit);
    }
}
