package dev.lintel.core.explain;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives a request the token, or the session, that a rule asks for: what it has already stays. */
final class TokenRepair {
    private TokenRepair() {}

    static Optional<Repairs.Mended> of(ApiModel api, @Nullable AccessRule rule, RequestValue request) {
        Access access = api.entry().access();
        LoginRule login = api.entry().login();
        boolean session = access.issuers().isEmpty() && login != null;
        String issuer = session ? login.issuer() : first(access);
        if (issuer == null) {
            return Optional.empty();
        }
        Token.Verified has = has(session ? request.session() : request.token(), issuer);
        Grant grant = rule != null && rule.requirement() instanceof Requirement.Token needed
                ? needed.anyOf().get(0)
                : Grant.NONE;
        List<String> words = new ArrayList<>();
        if (has == null) {
            words.add(session ? "with a session at " + issuer : "with a token from " + issuer);
        }
        List<String> audiences = audiences(access, has, words, session);
        Set<String> scopes = new LinkedHashSet<>(has == null ? List.of() : has.scopes());
        grant.scopes().stream().filter(scopes::add).forEach(scope -> words.add("with scope " + scope));
        Map<String, Object> claims = new LinkedHashMap<>(has == null ? Map.of() : has.claims());
        for (Grant.ClaimRule claim : grant.claims()) {
            claims.put(claim.name(), claim.anyOf().get(0));
            words.add("with " + claim);
        }
        Token token = new Token.Verified(
                issuer, has == null ? "somebody" : has.subject(), audiences, List.copyOf(scopes), claims);
        RequestValue better = session ? request.session(token).token(Token.NONE) : request.token(token);
        return words.isEmpty() ? Optional.empty() : Optional.of(new Repairs.Mended(String.join(", ", words), better));
    }

    private static List<String> audiences(
            Access access, Token.@Nullable Verified has, List<String> words, boolean session) {
        List<String> audiences = has == null ? List.of() : has.audiences();
        if (session
                || access.audiences().isEmpty()
                || access.audiences().stream().anyMatch(audiences::contains)) {
            return audiences;
        }
        words.add("for the audience " + access.audiences().get(0));
        return List.of(access.audiences().get(0));
    }

    private static @Nullable String first(Access access) {
        return access.issuers().isEmpty() ? null : access.issuers().get(0).issuer();
    }

    private static Token.@Nullable Verified has(Token token, String issuer) {
        return token instanceof Token.Verified verified && verified.issuer().equals(issuer) ? verified : null;
    }
}
