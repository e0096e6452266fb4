package dev.lintel.traffic;

import dev.lintel.core.model.SplitRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives {@link Split} its meaning. */
public final class SplitCompiler implements PolicyCompiler<Split> {
    /** For the service loader. */
    public SplitCompiler() {}

    @Override
    public Class<Split> policy() {
        return Split.class;
    }

    @Override
    public String kind() {
        return Split.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Split policy, ApiDraft draft) {
        List<SplitRule.Share> shares = policy.shares().stream()
                .map(share -> new SplitRule.Share(share.version(), share.weight()))
                .toList();
        draft.split(new SplitRule(shares, sticky(policy.sticky()), draft.origin()));
    }

    private static SplitRule.@Nullable Sticky sticky(@Nullable Sticky said) {
        if (said == null) {
            return null;
        }
        if (said.claim() != null) {
            return new SplitRule.Sticky(SplitRule.By.CLAIM, said.claim());
        }
        return said.cookie() != null
                ? new SplitRule.Sticky(SplitRule.By.COOKIE, said.cookie())
                : new SplitRule.Sticky(SplitRule.By.HEADER, String.valueOf(said.header()));
    }
}
