package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a token says, for who may know (RFC 7662): the client that got it, and resource servers that it is for. To all
 * others it is as if there were no such token.
 */
final class IntrospectionEndpoint implements ClientEndpoint.Work {
    private final ClientAuthentication authentication;
    private final AccessTokens tokens;
    private final RefreshFamilies families;
    private final URI issuer;

    IntrospectionEndpoint(
            ClientAuthentication authentication, AccessTokens tokens, RefreshFamilies families, URI issuer) {
        this.authentication = authentication;
        this.tokens = tokens;
        this.families = families;
        this.issuer = issuer;
    }

    @Override
    public Reply answer(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Form form = Form.of(request);
        Client client = authentication.client(request, form);
        attempt.client = client.id();
        if (client.isPublic()) {
            throw OAuthError.of(
                    ErrorCode.UNAUTHORIZED_CLIENT, "a client that cannot prove itself may not ask about tokens");
        }
        String token = form.require("token");
        Optional<Map<String, Object>> said = tokens.read(token)
                .filter(one -> Access.isAllowed(client, one))
                .map(this::access)
                .or(() -> refresh(token, client));
        return Reply.json(200, said.orElse(Map.of("active", false)));
    }

    private Map<String, Object> access(TokenRecord token) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        if (!token.scopes().isEmpty()) {
            members.put("scope", String.join(" ", token.scopes()));
        }
        members.put("client_id", token.client());
        members.put("token_type", token.binding().tokenType());
        members.put("exp", token.end().getEpochSecond());
        members.put("iat", token.issued().getEpochSecond());
        members.put("sub", token.subject());
        members.put("aud", token.audiences().size() == 1 ? token.audiences().get(0) : token.audiences());
        members.put("iss", issuer.toString());
        members.put("jti", token.id());
        if (!token.binding().isNone()) {
            members.put("cnf", token.binding().confirmation());
        }
        if (!token.actor().isEmpty()) {
            members.put("act", token.actor());
        }
        return members;
    }

    /** A refresh token is only its own client's business. */
    private Optional<Map<String, Object>> refresh(String token, Client client) {
        RefreshFamilies.Found found = families.look(token);
        RefreshFamilies.Family family = found.family();
        if (found.standing() != RefreshFamilies.Standing.GOOD
                || family == null
                || !family.grant().client().equals(client.id())) {
            return Optional.empty();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("scope", String.join(" ", family.grant().scopes()));
        members.put("client_id", client.id());
        members.put("exp", family.end().getEpochSecond());
        members.put("sub", family.grant().subject());
        members.put("iss", issuer.toString());
        return Optional.of(members);
    }
}
