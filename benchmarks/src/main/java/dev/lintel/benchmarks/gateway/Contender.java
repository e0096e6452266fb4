package dev.lintel.benchmarks.gateway;

import java.util.List;

/**
 * One proxy that takes part.
 *
 * @param name the name in the tables
 * @param version the version of the proxy
 * @param withToken whether it asks for a token, and checks it
 * @param command how it is started; it prints {@code listening on PORT} once it answers
 */
record Contender(String name, String version, boolean withToken, List<String> command) {
    /** Istio lets a request without a token through to the policy of the route, which then refuses it. */
    int withoutToken() {
        return name.startsWith(Envoy.NAME) ? 403 : 401;
    }

    String row() {
        return name + " " + version + (withToken ? ", JWT" : "");
    }
}
