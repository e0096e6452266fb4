package dev.lintel.testbed;

/**
 * How istiod serves proxies that are really there.
 *
 * @param address of this machine that they reach, and that nobody else uses
 * @param mesh more lines of the mesh config, in YAML; may be empty
 */
public record Xds(String address, String mesh) {
    static final int PORT = 15012;

    /** Where proxies ask for their configuration: an address with its port. */
    public String discovery() {
        return address + ":" + PORT;
    }

    String meshConfig() {
        return """
                accessLogFile: ./access.log
                accessLogEncoding: JSON
                defaultConfig: {discoveryAddress: "%s", concurrency: 1}
                """.formatted(discovery()) + mesh;
    }
}
