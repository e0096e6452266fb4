package dev.lintel.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks through the data path whether what was written is in force there: no mesh tells when all its proxies have got what
 * the apiserver has.
 */
@FunctionalInterface
public interface TrafficProbe {
    /**
     * Asks once; it should give up after some seconds.
     *
     * @return empty if all is as it should be; else what was seen instead, for people, for example {@code status 503}
     */
    Optional<String> ask();

    /**
     * A GET to an address of an API.
     *
     * @param address for example {@code http://orders.example.com/orders/health}; its host must lead to the gateway
     * @param status that it is answered with when all is as it should be
     * @return a probe that sends no token and follows no redirect
     * @throws IllegalArgumentException if the address is not one of HTTP, or the status none
     */
    static TrafficProbe http(URI address, int status) {
        return new HttpProbe(address, status, Duration.ofSeconds(5));
    }
}
