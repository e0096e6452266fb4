package dev.lintel.core.model;

import java.util.List;

/**
 * Who may call what through an exposed host.
 *
 * @param issuers whose tokens are accepted, empty if no access policy was said
 * @param audiences of which a token must name at least one; empty if any will do
 * @param rules in the order in which they are asked; a request that none of them matches is refused
 */
public record Access(List<Issuer> issuers, List<String> audiences, List<AccessRule> rules) {
    /** No access policy was said: every request is allowed. */
    public static final Access OPEN = new Access(List.of(), List.of(), List.of());

    /** Keeps the lists unchangeable. */
    public Access {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
        rules = List.copyOf(rules);
    }

    /**
     * Whether an access policy was said, and requests are refused unless a rule allows them.
     *
     * @return false for {@link #OPEN}, true for everything else: issuers without rules let nobody in
     */
    public boolean isRestricted() {
        return !rules.isEmpty() || !issuers.isEmpty() || !audiences.isEmpty();
    }
}
