package dev.lintel.embedded.authorization.chaos;

import java.time.Instant;

/**
 * A request that was disturbed.
 *
 * @param at when it came
 * @param request its method and path; a dash if it was not read
 * @param what the disturbance, for example {@code status 503}
 * @param executed whether it went on to the endpoint, or to the next disturbance, nevertheless
 */
public record ChaosHit(Instant at, String request, String what, boolean executed) {
    @Override
    public String toString() {
        return request + " met " + what + (executed ? "" : ", and was not executed");
    }
}
