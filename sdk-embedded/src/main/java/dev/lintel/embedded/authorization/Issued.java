package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token that was issued (RFC 6749, 5.1).
 *
 * @param accessToken the token
 * @param type {@code Bearer} or {@code DPoP}
 * @param lifetime how long it is good
 * @param scopes what it allows
 * @param refreshToken for the next one; null if there is none
 * @param idToken who the user is (OpenID Connect Core, 3.1.3.3); null if that was not asked for
 * @param issuedType what kind of token it is (RFC 8693, 2.2.1); null if that was not asked for
 */
record Issued(
        Secret accessToken,
        String type,
        Duration lifetime,
        List<String> scopes,
        @Nullable Secret refreshToken,
        @Nullable Secret idToken,
        @Nullable String issuedType) {
    Issued(Secret accessToken, String type, Duration lifetime, List<String> scopes) {
        this(accessToken, type, lifetime, scopes, null, null, null);
    }

    Issued refreshToken(String token) {
        return new Issued(accessToken, type, lifetime, scopes, Secret.of(token), idToken, issuedType);
    }

    Issued idToken(Secret token) {
        return new Issued(accessToken, type, lifetime, scopes, refreshToken, token, issuedType);
    }

    Issued issuedType(String uri) {
        return new Issued(accessToken, type, lifetime, scopes, refreshToken, idToken, uri);
    }

    Reply reply() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", accessToken.reveal());
        if (issuedType != null) {
            members.put("issued_token_type", issuedType);
        }
        members.put("token_type", type);
        members.put("expires_in", lifetime.toSeconds());
        if (!scopes.isEmpty()) {
            members.put("scope", String.join(" ", scopes));
        }
        if (refreshToken != null) {
            members.put("refresh_token", refreshToken.reveal());
        }
        if (idToken != null) {
            members.put("id_token", idToken.reveal());
        }
        return Reply.json(200, members);
    }
}
