package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.List;

/** The tokens that a client gets for a user who has allowed it: access, refresh and ID token. */
final class UserTokens {
    private final ServerState state;
    private final AccessTokens tokens;
    private final IdTokens idTokens;
    private final Duration refreshLifetime;

    UserTokens(ServerState state, AccessTokens tokens, IdTokens idTokens, Duration refreshLifetime) {
        this.state = state;
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.refreshLifetime = refreshLifetime;
    }

    /** The first tokens of a family. */
    Issued first(GrantRequest request, UserGrant grant, List<String> audiences, String family) throws OAuthError {
        Client client = request.client();
        Issued issued = more(request, grant, grant.scopes(), audiences, family);
        if (!client.grants().contains(GrantTypes.REFRESH_TOKEN)) {
            return issued;
        }
        Binding binding = client.isPublic() ? request.binding() : Binding.NONE;
        return issued.refreshToken(
                state.families.start(family, grant, binding, client.refreshTokenLifetime(refreshLifetime)));
    }

    /** Further tokens of a family, without a refresh token. */
    Issued more(GrantRequest request, UserGrant grant, List<String> scopes, List<String> audiences, String family)
            throws OAuthError {
        Client client = request.client();
        checkSubject(grant.subject());
        Issued issued = tokens.issue(
                TokenDraft.of(client, grant.subject(), audiences, scopes, request.binding(), tokens.lifetime())
                        .family(family)
                        .authenticated(grant.authenticated()));
        return idTokens.of(
                        grant,
                        issued.accessToken().reveal(),
                        TokenIds.inFamily(family, state.random),
                        state.claims.of(grant.subject(), scopes))
                .map(token -> issued.idToken(Secret.of(token)))
                .orElse(issued);
    }

    /** A user must not be mistaken for a client, whose own tokens carry its identifier (RFC 9700, 4.15). */
    void checkSubject(String subject) throws OAuthError {
        if (state.clients.find(subject).isPresent()) {
            throw OAuthError.of(ErrorCode.INVALID_GRANT, "the user has the same name as a client");
        }
    }

    /** Ends what a family has, when somebody has a copy of one of its tokens or of its code. */
    void end(String family) {
        state.revokeFamily(family);
    }
}
