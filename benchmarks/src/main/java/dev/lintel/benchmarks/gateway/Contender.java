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
    String row() {
        return name + " " + version + (withToken ? ", JWT" : "");
    }
}
