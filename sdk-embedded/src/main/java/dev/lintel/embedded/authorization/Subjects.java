package dev.lintel.embedded.authorization;

import dev.lintel.auth.jwt.SignedClaims;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is presented in exchange for a token: own tokens, and statements of trusted issuers. */
final class Subjects {
    private static final Set<String> ASSERTION_TYPES = Set.of("jwt", "authorization-grant+jwt");

    private final URI issuer;
    private final ServerState state;
    private final AccessTokens tokens;
    private final Assertions assertions;
    private final List<AssertionIssuer> trusted;

    Subjects(URI issuer, ServerState state, AccessTokens tokens, Assertions assertions, List<AssertionIssuer> trusted) {
        this.issuer = issuer;
        this.state = state;
        this.tokens = tokens;
        this.assertions = assertions;
        this.trusted = trusted;
    }

    /**
     * Somebody for whom a token is asked.
     *
     * @param name the {@code sub}
     * @param scopes what a token for it may allow at most
     * @param end when what was presented ends
     * @param actor who acts for the subject already; empty if nobody
     * @param family to which the presented token belongs; null if to none
     * @param mayAct the only one who may act for the subject (RFC 8693, 4.4); null if that is not said
     */
    record Subject(
            String name,
            List<String> scopes,
            Instant end,
            Map<String, Object> actor,
            @Nullable String family,
            @Nullable String mayAct) {}

    /** An access token of this server that the client may exchange: its own, one for it, one for what it serves. */
    Optional<Subject> accessToken(String token, Client client) {
        return tokens.read(token)
                .filter(one -> Access.isAllowed(client, one))
                .map(one -> new Subject(
                        one.subject(),
                        one.scopes(),
                        one.end(),
                        one.actor(),
                        TokenIds.isInFamily(one.id()) ? TokenIds.family(one.id()) : null,
                        null));
    }

    /** An ID token of this server, made for the client, whose family is not revoked. */
    Optional<Subject> idToken(String token, Client client) {
        Optional<SignedClaims> parsed = SignedClaims.parse(token);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> claims = parsed.get().claims();
        Optional<Instant> end = Assertions.time(claims, "exp");
        Object type = parsed.get().header().get("typ");
        boolean good = (type == null || "JWT".equals(type))
                && issuer.toString().equals(claims.get("iss"))
                && (client.id().equals(claims.get("aud"))
                        || List.of(client.id()).equals(claims.get("aud")))
                && claims.get("sub") instanceof String
                && claims.get("jti") instanceof String id
                && TokenIds.isInFamily(id)
                && !state.revocations.isRevoked(id)
                && end.isPresent()
                && end.get().isAfter(state.clock.instant())
                && parsed.get().isSignedBy(state.keys.verifying());
        if (!good) {
            return Optional.empty();
        }
        String family = TokenIds.family(String.valueOf(claims.get("jti")));
        return Optional.of(new Subject(
                String.valueOf(claims.get("sub")), allowed(family), end.orElseThrow(), Map.of(), family, null));
    }

    /** What the user allowed; of a family without refresh tokens nothing is kept, and only who the user is is sure. */
    private List<String> allowed(String family) {
        return state.families.find(family).map(one -> one.grant().scopes()).orElse(List.of(IdTokens.SCOPE));
    }

    /**
     * A statement of a trusted issuer, for this server alone; it is used up.
     *
     * @param endpoint which may stand for the server
     * @throws OAuthError {@code invalid_grant}, or in exchanges {@code invalid_request}
     */
    Subject assertion(String token, String endpoint, ErrorCode code) throws OAuthError {
        SignedClaims parsed = SignedClaims.parse(token)
                .orElseThrow(() -> OAuthError.of(code, "the assertion is not a well-formed JWT"));
        AssertionIssuer from = trusted.stream()
                .filter(one -> one.issuer.equals(parsed.claims().get("iss")))
                .findFirst()
                .orElseThrow(() -> OAuthError.of(code, "the issuer of the assertion is not trusted here"));
        Set<String> audiences = new LinkedHashSet<>(List.of(issuer.toString(), issuer + endpoint));
        try {
            Instant end = assertions.check(parsed, from.keys, audiences, ASSERTION_TYPES);
            String name = String.valueOf(parsed.claims().get("sub"));
            Object mayAct = parsed.claims().get("may_act");
            return new Subject(name, from.scopes, end, Map.of(), null, mayAct == null ? null : actor(mayAct));
        } catch (Assertions.Refused e) {
            throw OAuthError.of(code, "the assertion is not good: " + e.getMessage());
        }
    }

    /** Who is named; the empty text, which nobody is called, if that is not said as it should be. */
    private static String actor(Object mayAct) {
        return mayAct instanceof Map<?, ?> members && members.get("sub") instanceof String name ? name : "";
    }
}
