package dev.lintel.core.spi;

/** When a policy is given its meaning; later phases see what earlier ones wrote. */
public enum Phase {
    /** Hosts, paths and versions. */
    ROUTE,
    /** Who may call. */
    SECURITY,
    /** How calls are shared, limited and tried again. */
    TRAFFIC,
    /** What is derived from all of the above. */
    DOCUMENT
}
