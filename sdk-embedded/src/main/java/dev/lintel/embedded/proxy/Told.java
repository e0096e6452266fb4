package dev.lintel.embedded.proxy;

import dev.lintel.core.model.FrontRule;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a proxy is told.
 *
 * @param api the id of the API
 * @param rule what is served
 * @param address on which it listens
 * @param port for requests
 * @param probes for probes
 * @param sidecar answers 200 if there is one
 * @param places where services are, by name, that are not found by their names in the cluster
 * @param drain how long requests are still taken when it is to stop
 */
public record Told(
        String api,
        FrontRule rule,
        InetAddress address,
        int port,
        int probes,
        URI sidecar,
        SortedMap<String, URI> places,
        Duration drain) {
    /** Keeps a copy. */
    public Told {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }
}
