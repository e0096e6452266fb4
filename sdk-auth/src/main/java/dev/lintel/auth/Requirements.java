package dev.lintel.auth;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what rules ask for, and says it in the words of {@link OAuth2}. */
final class Requirements {
    private Requirements() {}

    static boolean isPublic(AccessRule rule) {
        return rule.requirement() instanceof Requirement.Public;
    }

    /** Whether whoever meets the first also meets the second. */
    static boolean implies(Requirement first, Requirement second) {
        if (first instanceof Requirement.Denied || second instanceof Requirement.Public) {
            return true;
        }
        return first instanceof Requirement.Token some
                && second instanceof Requirement.Token other
                && some.anyOf().stream()
                        .allMatch(grant -> other.anyOf().stream().anyMatch(less -> implies(grant, less)));
    }

    private static boolean implies(Grant more, Grant less) {
        return more.scopes().containsAll(less.scopes())
                && less.claims().stream()
                        .allMatch(asked -> more.claims().stream()
                                .anyMatch(claim -> claim.name().equals(asked.name())
                                        && asked.anyOf().containsAll(claim.anyOf())));
    }

    /** The call that asks for the same at an endpoint, as it would be written on the policy. */
    static String verb(AccessRule rule, Endpoint endpoint) {
        if (isPublic(rule)) {
            return ".publicPaths(\"" + endpoint + "\")";
        }
        if (!(rule.requirement() instanceof Requirement.Token token)) {
            return ".deny(\"" + endpoint + "\")";
        }
        Grant grant = token.anyOf().get(0);
        if (!grant.claims().isEmpty()) {
            return ".rule(Rule.at(\"" + endpoint + "\")…)";
        }
        return grant.scopes().isEmpty()
                ? ".authenticated(\"" + endpoint + "\")"
                : ".scope("
                        + Stream.concat(Stream.of(endpoint.toString()), grant.scopes().stream())
                                .map(text -> '"' + text + '"')
                                .collect(Collectors.joining(", "))
                        + ")";
    }
}
