package dev.lintel.embedded;

import dev.lintel.embedded.serve.Counters;
import dev.lintel.embedded.world.View;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a gateway has served since it was started.
 *
 * @param successes answers with a status of 200 to 299
 * @param redirects answers with a status of 300 to 399
 * @param clientErrors answers with a status of 400 to 499, refusals included
 * @param serverErrors answers with a status of 500 to 599
 * @param aborted requests that were broken off: by the client, or by a service in the middle of its answer
 * @param retries tries after the first, whose answers no client saw
 * @param ejections how often a workload was put out for its failures
 * @param ejected workloads that are out now
 * @param overflows calls that were refused, and copies that were dropped, because a limit of their version was reached
 * @param checks how often a workload was asked whether it is well, and has answered or failed to
 * @param replies requests that were answered in place of the service because a definition says so: redirects, direct
 *     answers, faults made on purpose
 * @param mirrored copies that were sent to a mirror, whatever became of them there
 * @param mirrorsDropped copies that were not sent: the body was longer than 64 KiB or did not come whole, too many were
 *     under way, the mirror could not be reached
 * @param unproven clients inside that were disconnected because they did not prove who they are: no certificate, one that is
 *     not good, no TLS at all
 * @param connections clients that are connected now
 * @param calls requests by the workload that they were given to, for example {@code orders.shop v1}, as it is bound now;
 *     a request that is tried again counts once
 */
public record GatewayStats(
        long successes,
        long redirects,
        long clientErrors,
        long serverErrors,
        long aborted,
        long retries,
        long ejections,
        int ejected,
        long overflows,
        long checks,
        long replies,
        long mirrored,
        long mirrorsDropped,
        long unproven,
        int connections,
        SortedMap<String, Long> calls) {
    /** Keeps the calls unchangeable. */
    public GatewayStats {
        calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    }

    static GatewayStats of(Counters counters, View view) {
        return new GatewayStats(
                counters.answeredWith(2),
                counters.answeredWith(3),
                counters.answeredWith(4),
                counters.answeredWith(5),
                counters.abortions(),
                counters.retries(),
                view.tally().ejections(),
                view.ejected(),
                view.tally().overflows(),
                view.tally().checks(),
                counters.replies(),
                counters.mirrors(),
                counters.mirrorsDropped(),
                counters.refusedHandshakes(),
                counters.connections(),
                view.calls());
    }

    /**
     * All requests that have been answered.
     *
     * @return their number, aborted ones not counted
     */
    public long answered() {
        return successes + redirects + clientErrors + serverErrors;
    }
}
