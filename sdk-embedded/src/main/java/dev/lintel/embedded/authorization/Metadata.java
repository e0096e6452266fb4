package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server says of itself (RFC 8414), also to clients that look for OpenID Connect Discovery's document. */
final class Metadata implements Endpoint {
    private final URI issuer;
    private final Clients clients;
    private final SigningAlgorithm algorithm;
    private final BackChannel back;
    private final FrontChannel front;

    Metadata(URI issuer, Clients clients, SigningAlgorithm algorithm, BackChannel back, FrontChannel front) {
        this.issuer = issuer;
        this.clients = clients;
        this.algorithm = algorithm;
        this.back = back;
        this.front = front;
    }

    @Override
    public Reply answer(Received request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", issuer.toString());
        members.put("jwks_uri", issuer + Paths.JWKS);
        members.put("scopes_supported", clients.scopes());
        members.put("response_types_supported", List.of("code"));
        members.putAll(back.metadata());
        members.putAll(front.metadata());
        members.put("subject_types_supported", List.of("public"));
        members.put("id_token_signing_alg_values_supported", List.of(algorithm.code()));
        return Reply.json(200, members);
    }
}
