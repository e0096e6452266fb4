package dev.lintel.core;

/** What a user said about one thing in a namespace: an API, or a host that may be called outside. */
public sealed interface Definition permits ApiDefinition, EgressDefinition {
    /**
     * The name by which people speak of it.
     *
     * @return for example {@code orders.shop}
     */
    String id();

    /**
     * Where it holds.
     *
     * @return a DNS label
     */
    String namespace();

    /**
     * The line that began it.
     *
     * @return no part of equality
     */
    Origin origin();
}
