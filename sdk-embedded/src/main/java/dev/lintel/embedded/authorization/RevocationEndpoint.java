package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.Optional;

/**
 * A client gives a token back (RFC 7009). With a refresh token goes its whole family. A token that is not known is no
 * error: it is not good, and that is what was wanted.
 */
final class RevocationEndpoint implements ClientEndpoint.Work {
    private final ClientAuthentication authentication;
    private final AccessTokens tokens;
    private final ServerState state;

    RevocationEndpoint(ClientAuthentication authentication, AccessTokens tokens, ServerState state) {
        this.authentication = authentication;
        this.tokens = tokens;
        this.state = state;
    }

    @Override
    public Reply answer(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Form form = Form.of(request);
        Client client = authentication.client(request, form);
        attempt.client = client.id();
        String token = form.require("token");
        RefreshFamilies.Family family = state.families.look(token).family();
        Optional<TokenRecord> access = tokens.read(token);
        if (family != null) {
            checkOwner(client, family.grant().client());
            state.revokeFamily(family.id());
        } else if (access.isPresent()) {
            checkOwner(client, access.get().client());
            state.revocations.revoke(access.get().id(), access.get().end());
        }
        return Reply.empty(200);
    }

    private static void checkOwner(Client client, String owner) throws OAuthError {
        if (!client.id().equals(owner)) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, "the token was issued to another client");
        }
    }
}
