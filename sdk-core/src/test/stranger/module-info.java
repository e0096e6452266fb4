/** A module of somebody else's, compiled and run by {@code ModulePathTest}. */
module stranger.quota {
    requires dev.lintel.core;

    exports stranger.quota;

    provides dev.lintel.core.spi.PolicyCompiler with
            stranger.quota.QuotaCompiler;
}
