package stranger.quota;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

public final class QuotaCompiler implements PolicyCompiler<Quota> {
    @Override
    public Class<Quota> policy() {
        return Quota.class;
    }

    @Override
    public String kind() {
        return Quota.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Quota policy, ApiDraft draft) {
        draft.responseHeader("x-quota", policy.calls() + " in " + policy.window());
    }
}
