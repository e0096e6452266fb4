package dev.lintel.auth;

import dev.lintel.core.model.Grant.ClaimRule;
import java.util.List;
import java.util.Objects;

/**
 * A claim that a token must have.
 *
 * @param claim its name, at the top of the token's claims
 * @param anyOf the values of which the claim, or one element of it where it is a list, must be one
 */
public record Claim(String claim, List<String> anyOf) {
    /** Checks that there is a name and a value. */
    public Claim {
        Objects.requireNonNull(claim, "claim");
        anyOf = anyOf == null ? List.of() : List.copyOf(anyOf);
        if (claim.isBlank()) {
            throw new IllegalArgumentException("a claim must have a name");
        }
        if (anyOf.isEmpty() || anyOf.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("claim '" + claim + "' must have at least one value, and none blank");
        }
    }

    ClaimRule toModel() {
        return new ClaimRule(claim, anyOf);
    }
}
