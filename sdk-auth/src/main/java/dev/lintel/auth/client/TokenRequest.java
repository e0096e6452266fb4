package dev.lintel.auth.client;

import dev.lintel.auth.client.ClientCredentials.At;
import dev.lintel.auth.client.ClientCredentials.Of;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.IssuerMetadata;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one token. Blocks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, 5.1 and 5.2</a>
 */
final class TokenRequest {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");
    /** Only codes that are known are repeated: whatever else stands there may be an echo of what was sent. */
    private static final List<String> ERRORS = List.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_target",
            "server_error",
            "temporarily_unavailable");

    private final ClientCredentials grant;
    private final Http http;
    private final InstantSource clock;
    private volatile @Nullable URI discovered;

    TokenRequest(ClientCredentials grant, Http http, InstantSource clock) {
        this.grant = grant;
        this.http = http;
        this.clock = clock;
    }

    /** A token, and how long it lives counted from the moment before it was asked for. */
    record Issued(AccessToken token, Instant asked, Duration lifetime) {}

    Issued send() throws FetchException {
        URI endpoint = endpoint();
        Instant asked = clock.instant();
        try {
            Reply reply = exchange(endpoint);
            return read(endpoint, reply, asked);
        } catch (FetchException e) {
            // It may have moved: the next attempt asks the metadata again.
            discovered = null;
            throw e;
        }
    }

    private URI endpoint() throws FetchException {
        if (grant.where() instanceof At at) {
            return at.uri();
        }
        URI known = discovered;
        if (known == null) {
            known = IssuerMetadata.endpoint(http, ((Of) grant.where()).issuer(), "token_endpoint");
            discovered = known;
        }
        return known;
    }

    private Reply exchange(URI endpoint) throws FetchException {
        try {
            return http.post(endpoint, grant.headers(), grant.form(), MOST_BYTES);
        } catch (FetchException e) {
            throw FetchException.of(endpoint, e.getMessage());
        }
    }

    private Issued read(URI endpoint, Reply reply, Instant asked) throws FetchException {
        Map<String, Object> answer =
                reply.isJson() ? StrictJson.object(reply.body()).orElse(Map.of()) : Map.of();
        if (reply.status() != 200) {
            boolean known = answer.get("error") instanceof String code && ERRORS.contains(code);
            throw FetchException.of(endpoint, "answered " + reply.status() + (known ? " " + answer.get("error") : ""));
        }
        if (answer.isEmpty()) {
            throw FetchException.of(endpoint, "did not answer with a JSON object");
        }
        if (!(answer.get("access_token") instanceof String value
                && TOKEN.matcher(value).matches())) {
            throw FetchException.of(endpoint, "answered without a token");
        }
        if (!(answer.get("token_type") instanceof String type && type.equalsIgnoreCase("Bearer"))) {
            throw FetchException.of(endpoint, "answered with a token that is not of the type Bearer");
        }
        Duration lifetime = lifetime(endpoint, answer.get("expires_in"));
        return new Issued(
                new AccessToken(Secret.of(value), TokenType.BEARER, scopes(answer.get("scope")), asked.plus(lifetime)),
                asked,
                lifetime);
    }

    private static Duration lifetime(URI endpoint, @Nullable Object seconds) throws FetchException {
        if (seconds == null) {
            return UNSAID;
        }
        boolean whole = seconds instanceof Integer || seconds instanceof Long;
        if (!whole || ((Number) seconds).longValue() < 1) {
            throw FetchException.of(endpoint, "answered with an expires_in that is not a number of seconds");
        }
        return Duration.ofSeconds(Math.min(((Number) seconds).longValue(), LONGEST.toSeconds()));
    }

    private List<String> scopes(@Nullable Object granted) {
        return granted instanceof String text && !text.isBlank()
                ? List.of(text.strip().split(" +"))
                : grant.scopes();
    }
}
