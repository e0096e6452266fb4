package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a token by the rule that governs a request. A token that is presented is judged even where none is needed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, 3.1</a>
 */
final class AccessCheck {
    private static final int DESCRIPTION = 200;

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
        Refuse refused = token instanceof Token.None ? null : presented(api, token, rule, statuses);
        if (trace != null) {
            trace.token(token, refused);
        }
        return granted(api, rule, token, refused, statuses, trace);
    }

    /** The same for a session, which the login has judged already. */
    static @Nullable Refuse session(
            ApiModel api, @Nullable AccessRule rule, Token session, Statuses statuses, @Nullable Trace trace) {
        if (trace != null) {
            trace.session(session);
        }
        return granted(api, rule, session, null, statuses, trace);
    }

    private static @Nullable Refuse granted(
            ApiModel api,
            @Nullable AccessRule rule,
            Token token,
            @Nullable Refuse presented,
            Statuses statuses,
            @Nullable Trace trace) {
        Refuse refused = presented;
        if (refused != null) {
            if (trace != null) {
                trace.notAsked(rule);
            }
            return refused;
        }
        if (!passes(rule, token)) {
            refused = new AccessCheck(api, rule, statuses).byRule(token);
        }
        if (trace != null) {
            trace.access(rule, refused);
        }
        return refused;
    }

    private static @Nullable Refuse presented(ApiModel api, Token token, @Nullable AccessRule rule, Statuses statuses) {
        Access access = api.entry().access();
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

    /** Whether a token is of an issuer that is trusted here, and for an audience that is wanted here. */
    static boolean accepts(Access access, Token.Verified token) {
        return trusts(access.issuers(), token.issuer())
                && (access.audiences().isEmpty() || meet(access.audiences(), token.audiences()));
    }

    private Refuse byRule(Token token) {
        if (rule == null) {
            return refuse(Reason.UNMATCHED, "no access rule speaks about this method and path", null);
        }
        if (rule.requirement() instanceof Requirement.Token needed) {
            if (token instanceof Token.None) {
                return refuse(Reason.NO_TOKEN, "a token is needed", "Bearer");
            }
            return refuse(
                    Reason.INSUFFICIENT_SCOPE,
                    "the token lacks "
                            + (token instanceof Token.Verified verified ? lacking(needed, verified) : needed),
                    "Bearer error=\"insufficient_scope\"" + wanted(needed.anyOf()));
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
        String description = why.length() > DESCRIPTION ? why.substring(0, DESCRIPTION) : why;
        return "Bearer error=\"invalid_token\", error_description=" + quoted(description);
    }

    /** The scopes that would do, as far as scopes are what is asked for. */
    private static String wanted(List<Grant> grants) {
        for (Grant grant : grants) {
            if (!grant.scopes().isEmpty()) {
                return ", scope=" + quoted(String.join(" ", grant.scopes()));
            }
        }
        return "";
    }

    /** What RFC 6750, 3 lets stand between quotes. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '\'' : c);
        }
        return quoted.append('"').toString();
    }

    private Refuse refuse(Reason reason, String detail, @Nullable String challenge) {
        int status = statuses.of(reason);
        return new Refuse(status, reason, detail, statuses.challenges(status) ? challenge : null, api, rule);
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

    /** Of each grant what is not met, which is something. */
    private static Requirement.Token lacking(Requirement.Token needed, Token.Verified token) {
        return new Requirement.Token(needed.anyOf().stream()
                .map(grant -> new Grant(
                        grant.scopes().stream()
                                .filter(scope -> !token.scopes().contains(scope))
                                .toList(),
                        grant.claims().stream()
                                .filter(claim -> !Claims.hasOne(token.claims().get(claim.name()), claim.anyOf()))
                                .toList()))
                .toList());
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
            if (!Claims.hasOne(
                    token.claims().get(claims.get(i).name()), claims.get(i).anyOf())) {
                return false;
            }
        }
        return true;
    }
}
