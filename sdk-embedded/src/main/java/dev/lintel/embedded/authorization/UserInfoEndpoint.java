package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who the user is of whom a client has an access token (OpenID Connect Core, 5.3). */
final class UserInfoEndpoint implements ClientEndpoint.Work {
    private final AccessTokens tokens;
    private final UserClaims claims;
    private final Proofs proofs;
    private final URI uri;

    UserInfoEndpoint(AccessTokens tokens, UserClaims claims, Proofs proofs, URI uri) {
        this.claims = claims;
        this.tokens = tokens;
        this.proofs = proofs;
        this.uri = uri;
    }

    /** A token, and the scheme under which it came (RFC 6750, 2.1 and 2.2; RFC 9449, 7.1). */
    private record Presented(String scheme, String token) {}

    @Override
    public Reply answer(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Presented presented = presented(request);
        TokenRecord token = tokens.read(presented.token())
                .orElseThrow(() -> invalid("the access token is not known, has expired or was revoked"));
        checkBinding(request, presented, token.binding());
        attempt.client = token.client();
        attempt.scopes = token.scopes();
        if (!token.scopes().contains(IdTokens.SCOPE)) {
            throw OAuthError.of(ErrorCode.INSUFFICIENT_SCOPE, "the access token does not have the scope openid");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sub", token.subject());
        members.putAll(claims.of(token.subject(), token.scopes()));
        return Reply.json(200, members);
    }

    private static Presented presented(Received request) throws OAuthError {
        List<String> headers = request.header("Authorization");
        Optional<String> posted = request.method().equals("POST")
                        && !request.header("Content-Type").isEmpty()
                ? Form.of(request).get("access_token")
                : Optional.empty();
        if (headers.size() + (posted.isPresent() ? 1 : 0) != 1) {
            throw invalid("there must be one access token, in the Authorization header or in a form");
        }
        if (posted.isPresent()) {
            return new Presented("bearer", posted.get());
        }
        String header = headers.get(0);
        int space = header.indexOf(' ');
        return space < 0
                ? new Presented("", "")
                : new Presented(
                        header.substring(0, space).toLowerCase(Locale.ROOT),
                        header.substring(space + 1).strip());
    }

    private void checkBinding(Received request, Presented presented, Binding binding) throws OAuthError {
        boolean bound = binding.keyThumbprint() != null;
        if (!presented.scheme().equals(bound ? "dpop" : "bearer")) {
            throw invalid("this access token is presented under the scheme " + binding.tokenType());
        }
        if (bound) {
            Optional<String> proven = proofs.thumbprint(request, uri, presented.token());
            if (!proven.equals(Optional.ofNullable(binding.keyThumbprint()))) {
                throw invalid("there is no proof of the key that the access token is bound to");
            }
        }
        boolean shown = binding.certificateThumbprint() == null
                || !request.certificates().isEmpty()
                        && Certificates.thumbprint(request.certificates().get(0))
                                .equals(binding.certificateThumbprint());
        if (!shown) {
            throw invalid("the certificate is not shown that the access token is bound to");
        }
    }

    private static OAuthError invalid(String description) {
        return OAuthError.of(ErrorCode.INVALID_TOKEN, description);
    }
}
