package dev.lintel.embedded;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an egress proxy has carried since it was opened.
 *
 * @param connections connections of the application that are open now
 * @param refused calls that the rules or a host's address did not let out, tunnels that asked for another host than the
 *     one they were opened for, and calls that were cut by a change of the rules
 * @param failed calls that were let out and did not get through
 * @param destinations by host and port, for example {@code api.psp.example:443}; the first thousand, the rest together as
 *     {@code others}
 */
public record EgressStats(int connections, long refused, long failed, SortedMap<String, Destination> destinations) {
    /** Keeps the destinations unchangeable. */
    public EgressStats {
        destinations = Collections.unmodifiableSortedMap(new TreeMap<>(destinations));
    }

    /**
     * One destination.
     *
     * @param connections connections that were made to it
     * @param open how many of them are open now
     * @param sent bytes that went there, as they are on the wire, without what TCP and IP add
     * @param received bytes that came from there
     */
    public record Destination(long connections, int open, long sent, long received) {}
}
