package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.RefreshFamilies.Family;
import dev.lintel.embedded.authorization.RefreshFamilies.Found;
import dev.lintel.embedded.authorization.RefreshFamilies.Standing;
import java.util.List;
import java.util.Objects;

/**
 * A refresh token for new tokens, among them the next refresh token (RFC 6749, 6). One that comes again after its grace
 * means that somebody has a copy: its family ends (RFC 9700, 4.14.2).
 */
final class RefreshGrant implements Grant {
    private final ServerState state;
    private final UserTokens tokens;

    RefreshGrant(ServerState state, UserTokens tokens) {
        this.state = state;
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return GrantTypes.REFRESH_TOKEN;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Form form = request.form();
        String token = form.require("refresh_token");
        Family family = family(token, request);
        List<String> scopes =
                Scopes.within(family.grant().scopes(), form.get("scope"), "is more than the user has allowed");
        List<String> audiences = Audiences.within(family.grant().audiences(), form);
        String next = state.families.use(token).orElseThrow(() -> reused(family));
        return tokens.more(request, family.grant(), scopes, audiences, family.id())
                .refreshToken(next);
    }

    private Family family(String token, GrantRequest request) throws OAuthError {
        Found found = state.families.look(token);
        Family family = found.family();
        if (family == null || !family.grant().client().equals(request.client().id())) {
            throw OAuthError.of(
                    ErrorCode.INVALID_GRANT, "the refresh token is not known, has expired, or is another client's");
        }
        if (found.standing() == Standing.REUSED) {
            throw reused(family);
        }
        Binding bound = family.binding();
        if (bound.keyThumbprint() != null
                && !Objects.equals(bound.keyThumbprint(), request.binding().keyThumbprint())) {
            throw OAuthError.of(
                    ErrorCode.INVALID_DPOP_PROOF,
                    "the refresh token is bound to a key, and there is no proof of that key");
        }
        if (bound.certificateThumbprint() != null
                && !Objects.equals(
                        bound.certificateThumbprint(), request.binding().certificateThumbprint())) {
            throw OAuthError.of(ErrorCode.INVALID_GRANT, "the refresh token is bound to another certificate");
        }
        return family;
    }

    private OAuthError reused(Family family) {
        tokens.end(family.id());
        return OAuthError.of(
                ErrorCode.INVALID_GRANT,
                "the refresh token has been used before; all tokens of its family are revoked");
    }
}
