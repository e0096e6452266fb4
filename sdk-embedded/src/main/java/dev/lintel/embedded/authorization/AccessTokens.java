package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes access tokens, JWTs after RFC 9068 or random strings, and reads them again. */
final class AccessTokens {
    static final String TYPE = "at+jwt";

    /** The {@code client_id} of tokens that no client asked for. */
    static final String NO_CLIENT = "direct";

    private final String issuer;
    private final Duration lifetime;
    private final ServerState state;

    AccessTokens(URI issuer, Duration lifetime, ServerState state) {
        this.issuer = issuer.toString();
        this.lifetime = lifetime;
        this.state = state;
    }

    /** How long a token is good, unless its client says otherwise. */
    Duration lifetime() {
        return lifetime;
    }

    /** A token, good from this second on. */
    Issued issue(TokenDraft draft) {
        Instant now = state.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String family = draft.family();
        TokenRecord token = new TokenRecord(
                family == null ? TokenIds.random(state.random) : TokenIds.inFamily(family, state.random),
                draft.subject(),
                draft.client(),
                draft.audiences(),
                draft.scopes(),
                draft.binding(),
                draft.actor(),
                now,
                now.plus(draft.lifetime()));
        return new Issued(
                Secret.of(draft.opaque() ? opaque(token) : signed(token, draft.authenticated())),
                draft.binding().tokenType(),
                draft.lifetime(),
                draft.scopes());
    }

    /** What a token of this server says, while it is good, not revoked, and its client still there. */
    Optional<TokenRecord> read(String token) {
        Optional<TokenRecord> found = token.indexOf('.') < 0
                ? state.opaqueTokens.look(token)
                : SignedClaims.parse(token).flatMap(this::read);
        return found.filter(one -> !state.revocations.isRevoked(one.id()))
                .filter(one -> one.client().equals(NO_CLIENT)
                        || state.clients.find(one.client()).isPresent());
    }

    private Optional<TokenRecord> read(SignedClaims token) {
        Map<String, Object> claims = token.claims();
        Optional<Instant> issued = Assertions.time(claims, "iat");
        Optional<Instant> end = Assertions.time(claims, "exp");
        if (!TYPE.equals(token.header().get("typ"))
                || !issuer.equals(claims.get("iss"))
                || issued.isEmpty()
                || end.isEmpty()
                || !end.get().isAfter(state.clock.instant())
                || !token.isSignedBy(state.keys.verifying())) {
            return Optional.empty();
        }
        return Optional.of(new TokenRecord(
                text(claims, "jti"),
                text(claims, "sub"),
                text(claims, "client_id"),
                claims.get("aud") instanceof List<?> several ? texts(several) : List.of(text(claims, "aud")),
                claims.get("scope") instanceof String scope ? List.of(scope.split(" ")) : List.of(),
                binding(claims.get("cnf")),
                members(claims.get("act")),
                issued.get(),
                end.get()));
    }

    private String opaque(TokenRecord token) {
        state.changes.note();
        return state.opaqueTokens.issue(token, Duration.between(state.clock.instant(), token.end()));
    }

    private String signed(TokenRecord token, @Nullable Instant authenticated) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(token.subject())
                .claim("client_id", token.client())
                .audience(token.audiences())
                .issueTime(Date.from(token.issued()))
                .expirationTime(Date.from(token.end()))
                .jwtID(token.id());
        if (!token.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", token.scopes()));
        }
        if (authenticated != null) {
            claims.claim("auth_time", authenticated.getEpochSecond());
        }
        if (!token.binding().isNone()) {
            claims.claim("cnf", token.binding().confirmation());
        }
        if (!token.actor().isEmpty()) {
            claims.claim("act", token.actor());
        }
        return state.keys.keyForTokenUntil(token.end()).sign(new JOSEObjectType(TYPE), claims.build());
    }

    private static Binding binding(@Nullable Object confirmation) {
        Map<String, Object> members = members(confirmation);
        return new Binding(
                members.get("jkt") instanceof String key ? key : null,
                members.get("x5t#S256") instanceof String certificate ? certificate : null);
    }

    private static Map<String, Object> members(@Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> some) {
            some.forEach((name, one) -> members.put(String.valueOf(name), one));
        }
        return members;
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static String text(Map<String, Object> claims, String name) {
        return String.valueOf(claims.get(name));
    }
}
