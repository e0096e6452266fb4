package dev.lintel.traffic;

import dev.lintel.core.model.HealthRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import org.jspecify.annotations.Nullable;

/** Gives {@link HealthCheck} its meaning. */
public final class HealthCheckCompiler implements PolicyCompiler<HealthCheck> {
    /** For the service loader. */
    public HealthCheckCompiler() {}

    @Override
    public Class<HealthCheck> policy() {
        return HealthCheck.class;
    }

    @Override
    public String kind() {
        return HealthCheck.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(HealthCheck policy, ApiDraft draft) {
        draft.health(new HealthRule(
                policy.path(),
                or(policy.every(), HealthCheck.EVERY),
                or(policy.timeout(), HealthCheck.TIMEOUT),
                or(policy.unhealthyAfter(), HealthCheck.UNHEALTHY_AFTER),
                or(policy.healthyAfter(), HealthCheck.HEALTHY_AFTER),
                draft.origin()));
    }

    private static <T> T or(@Nullable T said, T usual) {
        return said == null ? usual : said;
    }
}
