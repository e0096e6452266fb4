package dev.lintel.embedded;

import dev.lintel.embedded.world.Group;

/**
 * One workload of an API at one moment.
 *
 * @param version the version that it runs; empty for a service without versions
 * @param address {@code http://host:port} or {@code https://host:port}, or {@code function}
 * @param healthy whether its health checks say that it is well; true where nobody asks
 * @param ejected whether a breaker has put it out
 * @param active calls under way, which are counted where a breaker, retries, balancing or health checks are said; 0 where not
 */
public record GatewayHost(String version, String address, boolean healthy, boolean ejected, int active) {
    static GatewayHost of(Group.Seen seen) {
        return new GatewayHost(seen.version(), seen.name(), seen.healthy(), seen.ejected(), seen.active());
    }
}
