package dev.lintel.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a token must carry, all of it.
 *
 * @param scopes values of the token's {@code scope} claim (RFC 8693, 4.2)
 * @param claims conditions on other claims
 */
public record Grant(List<String> scopes, List<ClaimRule> claims) {
    /** Asks for nothing beyond a good token. */
    public static final Grant NONE = new Grant(List.of(), List.of());

    /** Keeps the lists unchangeable. */
    public Grant {
        scopes = List.copyOf(scopes);
        claims = List.copyOf(claims);
    }

    /**
     * A claim that must have one of some values.
     *
     * @param name the claim's name
     * @param anyOf the values of which the claim, or one element of it where it is a list, must be one
     */
    public record ClaimRule(String name, List<String> anyOf) {
        /** Checks that there is a value. */
        public ClaimRule {
            anyOf = List.copyOf(anyOf);
            if (name.isBlank() || anyOf.isEmpty()) {
                throw new IllegalArgumentException("a claim rule needs a name and at least one value");
            }
        }

        @Override
        public String toString() {
            return "claim " + name + "=" + String.join("|", anyOf);
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!scopes.isEmpty()) {
            parts.add("scope " + String.join(" ", scopes));
        }
        claims.forEach(claim -> parts.add(claim.toString()));
        return parts.isEmpty() ? "any token" : String.join(" and ", parts);
    }
}
