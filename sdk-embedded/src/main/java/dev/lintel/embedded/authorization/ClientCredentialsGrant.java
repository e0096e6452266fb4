package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.util.List;
import java.util.Optional;

/** A client gets a token for itself (RFC 6749, 4.4). */
final class ClientCredentialsGrant implements Grant {
    static final String TYPE = "client_credentials";

    private final AccessTokens tokens;
    private final Audiences audiences;

    ClientCredentialsGrant(AccessTokens tokens, Audiences audiences) {
        this.tokens = tokens;
        this.audiences = audiences;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Issued issue(Client client, Form form) throws OAuthError {
        List<String> scopes = scopes(client, form.get("scope"));
        String token = tokens.issue(client.id(), client.id(), audiences.of(client, form), scopes);
        return new Issued(Secret.of(token), tokens.lifetime(), scopes);
    }

    private static List<String> scopes(Client client, Optional<String> asked) throws OAuthError {
        if (asked.isEmpty()) {
            return client.scopes();
        }
        List<String> scopes = Scopes.parse(asked.get());
        for (String scope : scopes) {
            if (!client.scopes().contains(scope)) {
                throw OAuthError.of(ErrorCode.INVALID_SCOPE, "scope '" + scope + "' is not allowed for this client");
            }
        }
        return scopes;
    }
}
