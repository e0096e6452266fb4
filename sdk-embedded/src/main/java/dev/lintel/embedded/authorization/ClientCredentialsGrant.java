package dev.lintel.embedded.authorization;

import java.util.List;

/** A client gets a token for itself (RFC 6749, 4.4). */
final class ClientCredentialsGrant implements Grant {
    private final AccessTokens tokens;
    private final Audiences audiences;

    ClientCredentialsGrant(AccessTokens tokens, Audiences audiences) {
        this.tokens = tokens;
        this.audiences = audiences;
    }

    @Override
    public String type() {
        return GrantTypes.CLIENT_CREDENTIALS;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Client client = request.client();
        if (client.isPublic()) {
            throw OAuthError.of(
                    ErrorCode.UNAUTHORIZED_CLIENT, "a client that cannot prove itself gets no token for itself");
        }
        List<String> scopes = Scopes.within(client.scopes(), request.form().get("scope"));
        return tokens.issue(TokenDraft.of(
                client,
                client.id(),
                audiences.of(client, request.form()),
                scopes,
                request.binding(),
                tokens.lifetime()));
    }
}
