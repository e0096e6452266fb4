package dev.lintel.core;

/** What a user said about one thing in a namespace: an API, a host that may be called outside, or the boundary itself. */
public sealed interface Definition permits ApiDefinition, EgressDefinition, IsolationDefinition {
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
