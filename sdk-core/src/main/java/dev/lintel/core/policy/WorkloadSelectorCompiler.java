package dev.lintel.core.policy;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link WorkloadSelector} its meaning. */
public final class WorkloadSelectorCompiler implements PolicyCompiler<WorkloadSelector> {
    /** For the service loader. */
    public WorkloadSelectorCompiler() {}

    @Override
    public Class<WorkloadSelector> policy() {
        return WorkloadSelector.class;
    }

    @Override
    public String kind() {
        return WorkloadSelector.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(WorkloadSelector policy, ApiDraft draft) {
        draft.workloadLabels(policy.labels());
    }
}
