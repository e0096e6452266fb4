package dev.lintel.auth;

import dev.lintel.auth.jwt.PinnedKeys;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;

/** Gives {@link OAuth2} its meaning. */
public final class OAuth2Compiler implements PolicyCompiler<OAuth2> {
    /** For the service loader. */
    public OAuth2Compiler() {}

    @Override
    public Class<OAuth2> policy() {
        return OAuth2.class;
    }

    @Override
    public String kind() {
        return OAuth2.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(OAuth2 policy, ApiDraft draft) {
        List<AccessRule> rules = new ArrayList<>();
        policy.rules().forEach(rule -> rules.add(rule.toModel(policy.claims(), draft.origin())));
        new RuleConflicts(
                        policy.rules().stream()
                                .map(rule -> rule.toModel(List.of(), draft.origin()))
                                .toList(),
                        draft)
                .report();
        List<Issuer> issuers = policy.issuers().stream()
                .map(issuer -> issuer.toModel(draft.origin()))
                .toList();
        issuers.stream()
                .filter(issuer -> issuer.jwks() != null && !PinnedKeys.fit(issuer.jwks(), issuer.algorithms()))
                .forEach(issuer -> draft.problem(
                        "oauth2.keys",
                        "says keys of issuer '" + issuer.issuer() + "' of which none is for "
                                + String.join(", ", issuer.algorithms()) + ", so that no token would be good",
                        "say the key that the issuer signs with, or the algorithm of these keys: algorithms(…)"));
        if (rules.stream().noneMatch(OAuth2Compiler::isWhole)) {
            rules.add(
                    Rule.at(Endpoint.any(), Allow.ANY_TOKEN, draft.origin()).toModel(policy.claims(), draft.origin()));
        }
        draft.access(new Access(issuers, policy.audiences(), rules));
    }

    /** Whether nothing is left for the rule that is meant where no rule asks for a token. */
    private static boolean isWhole(AccessRule rule) {
        return rule.requirement() instanceof Requirement.Token
                || rule.endpoint().equals(Endpoint.any());
    }
}
