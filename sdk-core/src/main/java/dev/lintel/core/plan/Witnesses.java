package dev.lintel.core.plan;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The poorest callers that a rule lets through. Scopes and claims only ever help a caller, so whoever refuses none of
 * these refuses nobody whom the rule lets through.
 */
final class Witnesses {
    private static final String NOBODY = "https://nobody.invalid";
    private static final int LIMIT = 4096;

    private Witnesses() {}

    /**
     * Callers for one rule, whose tokens may stand for sessions as well.
     *
     * @param entry issuers and audiences of the API, and its login
     * @param rule null if no rule speaks
     * @return null if there are too many to list
     */
    static @Nullable List<Token> of(Entry entry, @Nullable AccessRule rule) {
        Access access = entry.access();
        String login = entry.login() == null ? null : entry.login().issuer();
        if (!access.isRestricted()) {
            return List.of(Token.NONE, new Token.Rejected("no good"), token(NOBODY, List.of(), List.of(), Map.of()));
        }
        if (rule == null || rule.requirement() instanceof Requirement.Denied) {
            return List.of();
        }
        if (rule.requirement() instanceof Requirement.Token needed) {
            List<Token> tokens = new ArrayList<>();
            for (Grant grant : needed.anyOf()) {
                for (Map<String, Object> claims : claims(grant)) {
                    tokens.addAll(verified(access, login, grant.scopes(), claims));
                }
                if (tokens.size() > LIMIT) {
                    return null;
                }
            }
            return tokens;
        }
        List<Token> tokens = new ArrayList<>(verified(access, login, List.of(), Map.of()));
        tokens.add(Token.NONE);
        return tokens;
    }

    /** Whether each grant of one rule asks for all that some grant of another one asks for; for rules with many callers. */
    static boolean surely(@Nullable AccessRule narrow, @Nullable AccessRule wide) {
        return narrow != null
                && wide != null
                && narrow.requirement() instanceof Requirement.Token asked
                && wide.requirement() instanceof Requirement.Token enough
                && asked.anyOf().stream()
                        .allMatch(more -> enough.anyOf().stream().anyMatch(less -> asks(more, less)));
    }

    private static boolean asks(Grant more, Grant less) {
        return more.scopes().containsAll(less.scopes())
                && less.claims().stream()
                        .allMatch(wide -> more.claims().stream()
                                .anyMatch(narrow -> narrow.name().equals(wide.name())
                                        && wide.anyOf().containsAll(narrow.anyOf())));
    }

    private static List<Token> verified(
            Access access, @Nullable String login, List<String> scopes, Map<String, Object> claims) {
        String issuer =
                access.issuers().isEmpty() ? login : access.issuers().get(0).issuer();
        return issuer == null ? List.of() : List.of(token(issuer, access.audiences(), scopes, claims));
    }

    private static Token token(String issuer, List<String> audiences, List<String> scopes, Map<String, Object> claims) {
        return new Token.Verified(
                issuer, "somebody", audiences.stream().limit(1).toList(), scopes, claims);
    }

    /** Every way to give each claim rule one of its values; at most one more than the limit. */
    private static List<Map<String, Object>> claims(Grant grant) {
        List<Map<String, Object>> ways = List.of(Map.of());
        for (ClaimRule rule : grant.claims()) {
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> way : ways) {
                for (String value : rule.anyOf()) {
                    if (more.size() <= LIMIT) {
                        more.add(plus(way, rule.name(), value));
                    }
                }
            }
            ways = more;
        }
        return ways;
    }

    private static Map<String, Object> plus(Map<String, Object> claims, String name, String value) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        List<Object> values = new ArrayList<>();
        if (more.get(name) instanceof List<?> some) {
            values.addAll(some);
        }
        values.add(value);
        more.put(name, Collections.unmodifiableList(values));
        return more;
    }
}
