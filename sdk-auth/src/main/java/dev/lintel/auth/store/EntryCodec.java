package dev.lintel.auth.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry as JSON, before it is encrypted. Times are absolute, so that a lifetime goes on while nothing runs. What is
 * not exactly of this form is not read: another form gets another number.
 */
final class EntryCodec {
    private static final int FORM = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EntryCodec() {}

    static byte[] write(Versioned entry) {
        FetchedToken token = entry.tokens().token();
        Duration lifetime = token.lifetime();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("form", FORM);
        json.put("version", entry.version());
        json.put("token", token.value().reveal());
        json.put("type", token.type().name());
        json.put("requested", token.requested());
        json.put("granted", token.granted());
        json.put("asked", token.asked().toString());
        json.put(
                "expires",
                lifetime == null ? null : token.asked().plus(lifetime).toString());
        json.put("refresh", reveal(token.refreshToken()));
        json.put("id", reveal(token.idToken()));
        Attempt attempt = entry.tokens().attempt();
        if (attempt != null) {
            json.put("state", attempt.state().name());
            json.put("since", attempt.since().toString());
            json.put("tries", attempt.tries());
            json.put("by", attempt.by());
        }
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers can be written as JSON");
        }
    }

    static Optional<Versioned> read(byte[] plain) {
        try {
            return StrictJson.object(plain).map(Members::new).map(EntryCodec::entry);
        } catch (ClassCastException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // Encrypted by us and yet of another form: what it says would be a guess.
            return Optional.empty();
        }
    }

    private static Versioned entry(Members json) {
        if (json.number("form") != FORM) {
            throw new IllegalArgumentException("another form");
        }
        Instant asked = json.time("asked");
        String expires = json.optional("expires");
        String refresh = json.optional("refresh");
        String id = json.optional("id");
        FetchedToken token = new FetchedToken(
                Secret.of(json.text("token")),
                TokenType.valueOf(json.text("type")),
                json.texts("requested"),
                json.texts("granted"),
                asked,
                expires == null ? null : Duration.between(asked, Instant.parse(expires)),
                refresh == null ? null : Secret.of(refresh),
                id == null ? null : Secret.of(id));
        Attempt attempt = null;
        if (json.optional("state") != null) {
            attempt = new Attempt(
                    Attempt.State.valueOf(json.text("state")),
                    json.time("since"),
                    Math.toIntExact(json.number("tries")),
                    json.text("by"));
        }
        return new Versioned(new StoredTokens(token, attempt), json.number("version"));
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    /** The members of an object, each of the type that it must have. */
    private record Members(Map<String, Object> json) {
        @Nullable
        String optional(String name) {
            return (String) json.get(name);
        }

        String text(String name) {
            String text = optional(name);
            if (text == null) {
                throw new IllegalArgumentException("a member is missing");
            }
            return text;
        }

        Instant time(String name) {
            return Instant.parse(text(name));
        }

        long number(String name) {
            return json.get(name) instanceof Number number ? number.longValue() : Long.MIN_VALUE;
        }

        List<String> texts(String name) {
            return ((List<?>) json.getOrDefault(name, List.of()))
                    .stream().map(String.class::cast).toList();
        }
    }
}
