/** Split, routes, retries, time-outs and rewriting: policies, their verbs and their meaning. */
@org.jspecify.annotations.NullMarked
module dev.lintel.traffic {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.core;

    exports dev.lintel.traffic;
    exports dev.lintel.traffic.limit;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.traffic.RetryCompiler,
            dev.lintel.traffic.RewritePathCompiler,
            dev.lintel.traffic.RouteToCompiler,
            dev.lintel.traffic.SetHeaderCompiler,
            dev.lintel.traffic.SplitCompiler,
            dev.lintel.traffic.TimeoutCompiler,
            dev.lintel.traffic.VersionOfCompiler,
            dev.lintel.traffic.limit.RateLimitCompiler;
}
