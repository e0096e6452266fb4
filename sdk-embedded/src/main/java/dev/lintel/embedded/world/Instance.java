package dev.lintel.embedded.world;

import dev.lintel.embedded.upstream.Address;

/** One workload that can take a request. */
public sealed interface Instance {
    /** Another process, reached over HTTP. */
    record Remote(Address address) implements Instance {}

    /** A function in this JVM. */
    record Local(LocalFunction function) implements Instance {}
}
