package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.Subjects.Subject;
import java.util.ArrayList;
import java.util.List;

/** A trusted issuer's statement about a user for a token (RFC 7523, 2.1). There is no refresh token: ask it again. */
final class JwtBearerGrant implements Grant {
    private final Subjects subjects;
    private final AccessTokens tokens;
    private final UserTokens users;
    private final Audiences audiences;

    JwtBearerGrant(Subjects subjects, AccessTokens tokens, UserTokens users, Audiences audiences) {
        this.subjects = subjects;
        this.tokens = tokens;
        this.users = users;
        this.audiences = audiences;
    }

    @Override
    public String type() {
        return GrantTypes.JWT_BEARER;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Client client = request.client();
        Form form = request.form();
        String assertion = form.require("assertion");
        List<String> allowed = audiences.of(client, form);
        Subject subject = subjects.assertion(assertion, Paths.TOKEN, ErrorCode.INVALID_GRANT);
        users.checkSubject(subject.name());
        List<String> possible = new ArrayList<>(client.scopes());
        possible.retainAll(subject.scopes());
        List<String> scopes =
                Scopes.within(possible, form.get("scope"), "is not allowed for this client and this issuer");
        return tokens.issue(
                TokenDraft.of(client, subject.name(), allowed, scopes, request.binding(), tokens.lifetime()));
    }
}
