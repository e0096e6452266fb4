package dev.lintel.embedded;

/**
 * What a gateway has served since it was started.
 *
 * @param successes answers with a status of 200 to 299
 * @param redirects answers with a status of 300 to 399
 * @param clientErrors answers with a status of 400 to 499, refusals included
 * @param serverErrors answers with a status of 500 to 599
 * @param aborted requests that were broken off: by the client, or by a service in the middle of its answer
 * @param retries tries after the first, whose answers no client saw
 * @param connections clients that are connected now
 */
public record GatewayStats(
        long successes,
        long redirects,
        long clientErrors,
        long serverErrors,
        long aborted,
        long retries,
        int connections) {
    /**
     * All requests that have been answered.
     *
     * @return their number, aborted ones not counted
     */
    public long answered() {
        return successes + redirects + clientErrors + serverErrors;
    }
}
