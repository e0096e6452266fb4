package dev.lintel.auth.oauth;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Connection;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.Map;

/** Asks who a user is (OpenID Connect Core, 5.3). What is signed or encrypted is not understood, and refused. */
final class UserInfo {
    private static final int MOST = 64 * 1024;

    private UserInfo() {}

    static Map<String, Object> of(Connection connection, Secret accessToken, String subject)
            throws TokenFetchException {
        ClientAuthentication nobody = ClientAuthentication.none();
        URI uri = connection.endpoint(Endpoint.USER_INFO, nobody);
        try {
            Reply reply = connection
                    .http(nobody)
                    .send(
                            "GET",
                            uri,
                            Map.of("Authorization", "Bearer " + accessToken.reveal(), "Accept", "application/json"),
                            null,
                            MOST);
            Map<String, Object> claims =
                    reply.status() == 200 ? StrictJson.object(reply.body()).orElse(Map.of()) : Map.of();
            if (!subject.equals(claims.get("sub"))) {
                throw Failures.permanent(
                        "The userinfo endpoint of " + connection.issuer() + " answered " + reply.status()
                                + " and nothing about the user who has logged in (OpenID Connect Core, 5.3.2)");
            }
            return claims;
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }
}
