package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where tokens are asked for (RFC 6749, 3.2): finds out who asks and what they can prove, then leaves it to the grant. */
final class TokenEndpoint implements ClientEndpoint.Work {
    private final ClientAuthentication authentication;
    private final Proofs proofs;
    private final List<Grant> grants;
    private final URI uri;

    TokenEndpoint(ClientAuthentication authentication, Proofs proofs, List<Grant> grants, URI uri) {
        this.authentication = authentication;
        this.proofs = proofs;
        this.grants = List.copyOf(grants);
        this.uri = uri;
    }

    @Override
    public Reply answer(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Form form = Form.of(request);
        Client client = authentication.client(request, form);
        attempt.client = client.id();
        String type = form.require("grant_type");
        for (Grant grant : grants) {
            if (grant.type().equals(type)) {
                attempt.grant = type;
                Issued issued = allowed(client, grant).issue(new GrantRequest(client, form, binding(client, request)));
                attempt.scopes = issued.scopes();
                return issued.reply();
            }
        }
        throw OAuthError.of(ErrorCode.UNSUPPORTED_GRANT_TYPE, "this grant_type is not offered here");
    }

    private static Grant allowed(Client client, Grant grant) throws OAuthError {
        if (!client.grants().contains(grant.type())) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, "this client may not use this grant_type");
        }
        return grant;
    }

    private Binding binding(Client client, Received request) throws OAuthError {
        Optional<String> key = proofs.thumbprint(request, uri, client);
        if (key.isEmpty() && client.said().proofNeeded) {
            throw OAuthError.of(ErrorCode.INVALID_DPOP_PROOF, "this client must send a proof with its token requests");
        }
        return new Binding(key.orElse(null), certificate(client, request.certificates()));
    }

    private static @Nullable String certificate(Client client, List<X509Certificate> chain) throws OAuthError {
        boolean bound = client.said().certificateBound
                || client.method() == ClientMethod.TLS
                || client.method() == ClientMethod.SELF_SIGNED_TLS;
        if (!bound) {
            return null;
        }
        if (chain.isEmpty()) {
            throw OAuthError.of(
                    ErrorCode.INVALID_REQUEST, "this client must show a certificate, to which its tokens are bound");
        }
        return Certificates.thumbprint(chain.get(0));
    }
}
