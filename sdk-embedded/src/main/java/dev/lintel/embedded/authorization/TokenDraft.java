package dev.lintel.embedded.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An access token that is about to be made. */
record TokenDraft(
        String subject,
        String client,
        List<String> audiences,
        List<String> scopes,
        Binding binding,
        Map<String, Object> actor,
        @Nullable String family,
        @Nullable Instant authenticated,
        Duration lifetime,
        boolean opaque) {
    /** A token for a client, by its own settings. */
    static TokenDraft of(
            Client client,
            String subject,
            List<String> audiences,
            List<String> scopes,
            Binding binding,
            Duration usual) {
        return new TokenDraft(
                subject,
                client.id(),
                audiences,
                scopes,
                binding,
                Map.of(),
                null,
                null,
                client.accessTokenLifetime(usual),
                client.said().opaque);
    }

    TokenDraft family(@Nullable String id) {
        return new TokenDraft(subject, client, audiences, scopes, binding, actor, id, authenticated, lifetime, opaque);
    }

    TokenDraft authenticated(Instant at) {
        return new TokenDraft(subject, client, audiences, scopes, binding, actor, family, at, lifetime, opaque);
    }

    TokenDraft actor(Map<String, Object> acts) {
        return new TokenDraft(
                subject, client, audiences, scopes, binding, acts, family, authenticated, lifetime, opaque);
    }

    TokenDraft atMost(Duration longest) {
        Duration shorter = longest.compareTo(lifetime) < 0 ? longest : lifetime;
        return new TokenDraft(
                subject, client, audiences, scopes, binding, actor, family, authenticated, shorter, opaque);
    }
}
