package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an access token says.
 *
 * @param id its {@code jti}
 * @param subject on whose behalf
 * @param client who got it
 * @param audiences whom it is for
 * @param scopes what it allows
 * @param binding what it is bound to
 * @param actor who acts for the subject (RFC 8693, 4.1); empty if nobody else does
 * @param issued when it was made
 * @param end when it ends
 */
record TokenRecord(
        String id,
        String subject,
        String client,
        List<String> audiences,
        List<String> scopes,
        Binding binding,
        Map<String, Object> actor,
        Instant issued,
        Instant end) {
    TokenRecord {
        audiences = List.copyOf(audiences);
        scopes = List.copyOf(scopes);
        actor = Collections.unmodifiableMap(new LinkedHashMap<>(actor));
    }
}
