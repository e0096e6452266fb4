package dev.lintel.mesh.kyma;

import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells audiences apart from what else is asked of tokens. */
final class Audiences {
    private final List<AccessRule> rules;
    private final List<String> common;

    Audiences(List<AccessRule> rules) {
        this.rules = rules;
        this.common = find();
    }

    /** The audiences of which each token needs one, whatever else it needs; none where that is not so. */
    List<String> common() {
        return common;
    }

    boolean anyPublic() {
        return rules.stream().anyMatch(rule -> rule.requirement().equals(Requirement.PUBLIC));
    }

    /** The rules without the audiences. */
    List<AccessRule> without() {
        return rules.stream()
                .map(rule -> rule.requirement() instanceof Requirement.Token token
                        ? new AccessRule(rule.endpoint(), Controller.any(bare(token)), rule.origin())
                        : rule)
                .toList();
    }

    private List<String> find() {
        Set<List<String>> found = new LinkedHashSet<>();
        for (AccessRule rule : rules) {
            if (rule.requirement() instanceof Requirement.Token token) {
                found.add(audiences(token));
            }
        }
        return found.size() == 1 ? found.iterator().next() : List.of();
    }

    /** The audiences of a requirement, if it is one of some grants with one of some audiences. */
    private static List<String> audiences(Requirement.Token token) {
        Set<String> audiences = new LinkedHashSet<>();
        for (Grant grant : token.anyOf()) {
            List<String> own = own(grant);
            if (own.size() != 1) {
                return List.of();
            }
            audiences.addAll(own);
        }
        boolean product = (long) audiences.size() * bare(token).size()
                == token.anyOf().stream().distinct().count();
        return product ? List.copyOf(audiences) : List.of();
    }

    private static List<String> own(Grant grant) {
        List<String> own = new ArrayList<>();
        grant.claims().forEach(claim -> own.addAll(claim.anyOf()));
        return own;
    }

    private static List<Grant> bare(Requirement.Token token) {
        return token.anyOf().stream()
                .map(grant -> new Grant(grant.scopes(), List.of()))
                .distinct()
                .toList();
    }
}
