package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A token that was issued (RFC 6749, 5.1). */
record Issued(Secret accessToken, Duration lifetime, List<String> scopes) {
    Reply reply() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", accessToken.reveal());
        members.put("token_type", "Bearer");
        members.put("expires_in", lifetime.toSeconds());
        if (!scopes.isEmpty()) {
            members.put("scope", String.join(" ", scopes));
        }
        return Reply.json(200, members);
    }
}
