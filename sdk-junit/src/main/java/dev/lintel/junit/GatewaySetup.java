package dev.lintel.junit;

/** What a test needs behind its gateway, said once for many test classes; has a constructor without parameters. */
@FunctionalInterface
public interface GatewaySetup {
    /**
     * Says what is exposed, bound and registered.
     *
     * @param builder what was said before
     * @return the same and more
     */
    GatewayBuilder addTo(GatewayBuilder builder);
}
