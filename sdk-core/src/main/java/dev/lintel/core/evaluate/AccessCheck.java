package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a token by the rule that governs a request. A token that is presented is judged even where none is needed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, 3.1</a>
 */
final class AccessCheck {
    private final ApiModel api;
    private final @Nullable AccessRule rule;
    private final Statuses statuses;

    private AccessCheck(ApiModel api, @Nullable AccessRule rule, Statuses statuses) {
        this.api = api;
        this.rule = rule;
        this.statuses = statuses;
    }

    /** Null lets the request pass. */
    static @Nullable Refuse check(
            ApiModel api, @Nullable AccessRule rule, Token token, Statuses statuses, @Nullable Trace trace) {
        Access access = api.entry().access();
        Refuse refused = null;
        if (!(token instanceof Token.None)) {
            refused = presented(api, access, token, rule, statuses);
        }
        if (trace != null) {
            trace.token(token, refused);
        }
        if (refused == null && !passes(rule, token)) {
            refused = new AccessCheck(api, rule, statuses).byRule(token);
        }
        if (trace != null) {
            trace.access(rule, refused);
        }
        return refused;
    }

    private static @Nullable Refuse presented(
            ApiModel api, Access access, Token token, @Nullable AccessRule rule, Statuses statuses) {
        if (token instanceof Token.Verified verified) {
            if (!trusts(access.issuers(), verified.issuer())) {
                return new AccessCheck(api, rule, statuses).invalid("the token's issuer is not trusted here");
            }
            if (!access.audiences().isEmpty() && !meet(access.audiences(), verified.audiences())) {
                return new AccessCheck(api, rule, statuses).audience();
            }
            return null;
        }
        AccessCheck check = new AccessCheck(api, rule, statuses);
        return token instanceof Token.Unverifiable unverifiable
                ? check.refuse(Reason.UNVERIFIABLE, unverifiable.reason(), null)
                : check.invalid(token instanceof Token.Rejected rejected ? rejected.reason() : "no token");
    }

    private static boolean passes(@Nullable AccessRule rule, Token token) {
        if (rule == null || rule.requirement() instanceof Requirement.Denied) {
            return false;
        }
        if (rule.requirement() instanceof Requirement.Token needed) {
            return token instanceof Token.Verified verified && anyMet(needed.anyOf(), verified);
        }
        return true;
    }

    private Refuse byRule(Token token) {
        if (rule == null) {
            return refuse(Reason.UNMATCHED, "no access rule speaks about this method and path", null);
        }
        if (rule.requirement() instanceof Requirement.Token needed) {
            if (token instanceof Token.None) {
                return refuse(Reason.NO_TOKEN, "a token is needed", "Bearer");
            }
            List<String> scopes = needed.anyOf().get(0).scopes();
            String wanted = scopes.isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes) + "\"";
            return refuse(
                    Reason.INSUFFICIENT_SCOPE,
                    "the token lacks " + needed,
                    "Bearer error=\"insufficient_scope\"" + wanted);
        }
        return refuse(Reason.DENIED, "nobody may call this", null);
    }

    private Refuse invalid(String why) {
        return refuse(Reason.INVALID_TOKEN, why, bearerInvalid(why));
    }

    private Refuse audience() {
        String why = "the token is for another audience";
        return refuse(Reason.WRONG_AUDIENCE, why, bearerInvalid(why));
    }

    private static String bearerInvalid(String why) {
        return "Bearer error=\"invalid_token\", error_description=\"" + why.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'")
                + "\"";
    }

    private Refuse refuse(Reason reason, String detail, @Nullable String challenge) {
        return new Refuse(statuses.of(reason), reason, detail, statuses.challenges() ? challenge : null, api, rule);
    }

    private static boolean trusts(List<Issuer> issuers, String issuer) {
        for (int i = 0; i < issuers.size(); i++) {
            if (issuers.get(i).issuer().equals(issuer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meet(List<String> wanted, List<String> present) {
        for (int i = 0; i < wanted.size(); i++) {
            if (present.contains(wanted.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMet(List<Grant> grants, Token.Verified token) {
        for (int i = 0; i < grants.size(); i++) {
            if (isMet(grants.get(i), token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMet(Grant grant, Token.Verified token) {
        List<String> scopes = grant.scopes();
        for (int i = 0; i < scopes.size(); i++) {
            if (!token.scopes().contains(scopes.get(i))) {
                return false;
            }
        }
        List<Grant.ClaimRule> claims = grant.claims();
        for (int i = 0; i < claims.size(); i++) {
            if (!hasValue(
                    token.claims().get(claims.get(i).name()), claims.get(i).anyOf())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasValue(@Nullable Object claim, List<String> anyOf) {
        if (claim instanceof Collection<?> several) {
            for (Object one : several) {
                if (anyOf.contains(String.valueOf(one))) {
                    return true;
                }
            }
            return false;
        }
        return claim != null && anyOf.contains(String.valueOf(claim));
    }
}
