package dev.lintel.auth;

import dev.lintel.core.Origin;
import dev.lintel.core.Speaker;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked at an endpoint: either scopes and claims, or one word for everybody.
 *
 * @param endpoint methods and paths
 * @param allow who is allowed where neither scopes nor claims are asked for; null where they are
 * @param scopes the scopes that a token must have, all of them
 * @param claims the claims that it must have, all of them
 * @param origin the line that said it
 */
public record Rule(Endpoint endpoint, @Nullable Allow allow, List<String> scopes, List<Claim> claims, Origin origin)
        implements Speaker {
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Checks the scopes, and that the rule asks in one way. */
    public Rule {
        Objects.requireNonNull(endpoint, "endpoint");
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        claims = claims == null ? List.of() : List.copyOf(claims);
        Set<String> once = new LinkedHashSet<>();
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException("a scope must be visible ASCII without spaces, quotes and"
                        + " backslashes (RFC 6749, 3.3), but '" + endpoint + "' was given '" + scope + "'");
            }
            if (!once.add(scope)) {
                throw new IllegalArgumentException("scope '" + scope + "' is said twice at '" + endpoint + "'");
            }
        }
        if ((allow == null) == (scopes.isEmpty() && claims.isEmpty())) {
            throw new IllegalArgumentException("the rule at '" + endpoint + "' must ask for scopes or claims,"
                    + " or else allow one of: anyone, any-token, nobody");
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * A rule that asks for a good token; scopes and claims make it ask for more.
     *
     * @param endpoint for example {@code GET /orders/**}, or a path alone for every method
     * @return the rule
     * @throws IllegalArgumentException if that is not an endpoint
     */
    public static Rule at(String endpoint) {
        return at(endpoint, Allow.ANY_TOKEN);
    }

    /** Some rules and one more for each endpoint, said by one word. */
    static List<Rule> all(List<Rule> before, String word, Allow allow, String... endpoints) {
        if (endpoints.length == 0) {
            throw new IllegalArgumentException(word + "(…) must name at least one endpoint");
        }
        List<Rule> all = new ArrayList<>(before);
        for (String endpoint : endpoints) {
            all.add(at(endpoint, allow));
        }
        return all;
    }

    static Rule at(String endpoint, Allow allow) {
        return at(Endpoint.parse(endpoint), allow, Origin.ofCaller());
    }

    static Rule at(Endpoint endpoint, Allow allow, Origin origin) {
        return new Rule(endpoint, allow, List.of(), List.of(), origin);
    }

    /**
     * The same rule, asking for scopes as well.
     *
     * @param more at least one; a token must have all of them
     * @return a new rule
     */
    public Rule scopes(String... more) {
        if (more.length == 0) {
            throw new IllegalArgumentException("a scope rule must name at least one scope, but '" + endpoint
                    + "' names none;" + " for any good token say authenticated(\"" + endpoint + "\")");
        }
        List<String> all = new ArrayList<>(scopes);
        all.addAll(List.of(more));
        return new Rule(endpoint, null, all, claims, origin);
    }

    /**
     * The same rule, asking for a claim as well.
     *
     * @param name the claim's name
     * @param anyOf its values; the token must have one of them
     * @return a new rule
     */
    public Rule claim(String name, String... anyOf) {
        List<Claim> all = new ArrayList<>(claims);
        all.add(new Claim(name, List.of(anyOf)));
        return new Rule(endpoint, null, scopes, all, origin);
    }

    /**
     * What this rule means in the model.
     *
     * @param everywhere the claims that every token must have
     * @param fallback the origin of a rule that does not know its own
     */
    AccessRule toModel(List<Claim> everywhere, Origin fallback) {
        return new AccessRule(
                endpoint, requirement(everywhere), origin.toString().isEmpty() ? fallback : origin);
    }

    private Requirement requirement(List<Claim> everywhere) {
        if (allow == Allow.ANYONE) {
            return Requirement.PUBLIC;
        }
        if (allow == Allow.NOBODY) {
            return Requirement.DENIED;
        }
        List<ClaimRule> asked = new ArrayList<>();
        everywhere.forEach(claim -> asked.add(claim.toModel()));
        claims.forEach(claim -> asked.add(claim.toModel()));
        return new Requirement.Token(List.of(new Grant(scopes, asked)));
    }

    /** A rule in a few words, for example {@code '/orders/**' (scope orders.read)}. */
    static String words(AccessRule rule) {
        return "'" + rule.endpoint() + "' (" + rule.requirement() + ")";
    }
}
