package dev.lintel.benchmarks.gateway;

/** The gateway as a contender. */
public final class LintelProxy {
    private LintelProxy() {}

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the upstream's port; then, to ask for tokens, issuer, audience and scope
     */
    public static void main(String[] arguments) {
        throw new UnsupportedOperationException();
    }
}
