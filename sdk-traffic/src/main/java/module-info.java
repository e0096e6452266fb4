/**
 * How calls are shared, copied, routed, answered, tried again, limited and sent elsewhere, and what may leave: policies,
 * verbs and meaning; and rollouts.
 */
@org.jspecify.annotations.NullMarked
module dev.lintel.traffic {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires transitive java.net.http;

    exports dev.lintel.traffic;
    exports dev.lintel.traffic.egress;
    exports dev.lintel.traffic.isolation;
    exports dev.lintel.traffic.rollout;
    exports dev.lintel.traffic.rollout.file;
    exports dev.lintel.traffic.rollout.prometheus;
    exports dev.lintel.traffic.limit;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.traffic.AddHeaderCompiler,
            dev.lintel.traffic.BreakerCompiler,
            dev.lintel.traffic.ChooseCompiler,
            dev.lintel.traffic.FaultCompiler,
            dev.lintel.traffic.HealthCheckCompiler,
            dev.lintel.traffic.LoadBalancingCompiler,
            dev.lintel.traffic.MirrorCompiler,
            dev.lintel.traffic.RedirectToCompiler,
            dev.lintel.traffic.RemoveHeaderCompiler,
            dev.lintel.traffic.RespondCompiler,
            dev.lintel.traffic.RetryCompiler,
            dev.lintel.traffic.RewritePathCompiler,
            dev.lintel.traffic.RouteToCompiler,
            dev.lintel.traffic.ServedByCompiler,
            dev.lintel.traffic.SetHeaderCompiler,
            dev.lintel.traffic.SplitCompiler,
            dev.lintel.traffic.TimeoutCompiler,
            dev.lintel.traffic.VersionOfCompiler,
            dev.lintel.traffic.limit.RateLimitCompiler;
}
