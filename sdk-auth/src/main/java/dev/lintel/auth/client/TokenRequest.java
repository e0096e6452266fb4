package dev.lintel.auth.client;

import dev.lintel.auth.client.ClientCredentials.At;
import dev.lintel.auth.client.ClientCredentials.Of;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.IssuerMetadata;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.RetryAfter;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenSource;
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
final class TokenRequest implements TokenSource {
    private static final int MOST_BYTES = 64 * 1024;
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

    private static final List<String> PERMANENT = ERRORS.subList(0, 7);
    private static final List<Integer> BUSY = List.of(408, 429, 500, 502, 503, 504);

    private final ClientCredentials grant;
    private final Http http;
    private final InstantSource clock;
    private volatile @Nullable URI discovered;

    TokenRequest(ClientCredentials grant, Http http, InstantSource clock) {
        this.grant = grant;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public FetchedToken fetch() throws TokenFetchException {
        Instant asked = clock.instant();
        try {
            URI endpoint = endpoint();
            asked = clock.instant();
            return read(endpoint, exchange(endpoint), asked);
        } catch (FetchException e) {
            // It may have moved: the next attempt asks the metadata again.
            discovered = null;
            throw new TokenFetchException(Kind.RETRYABLE, String.valueOf(e.getMessage()), null, null);
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

    private FetchedToken read(URI endpoint, Reply reply, Instant asked) throws FetchException, TokenFetchException {
        Map<String, Object> answer =
                reply.isJson() ? StrictJson.object(reply.body()).orElse(Map.of()) : Map.of();
        if (reply.status() != 200) {
            discovered = null;
            throw refusal(endpoint, reply, answer.get("error"));
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
        return new FetchedToken(
                Secret.of(value),
                TokenType.BEARER,
                grant.scopes(),
                scopes(answer.get("scope")),
                asked,
                lifetime(endpoint, answer.get("expires_in")),
                null,
                null);
    }

    private TokenFetchException refusal(URI endpoint, Reply reply, @Nullable Object said) {
        String error = said instanceof String code && ERRORS.contains(code) ? code : null;
        Kind kind = Kind.RETRYABLE;
        if (error != null && !BUSY.contains(reply.status()) && PERMANENT.contains(error)) {
            kind = error.equals("invalid_grant") ? Kind.INVALID_GRANT : Kind.PERMANENT;
        }
        String what = "answered " + reply.status() + (error == null ? "" : " " + error);
        String after = reply.header("Retry-After");
        return new TokenFetchException(
                kind,
                String.valueOf(FetchException.of(endpoint, what).getMessage()),
                error,
                after == null ? null : RetryAfter.of(after, clock.instant()).orElse(null));
    }

    private static @Nullable Duration lifetime(URI endpoint, @Nullable Object seconds) throws FetchException {
        if (seconds == null) {
            return null;
        }
        boolean whole = seconds instanceof Integer || seconds instanceof Long;
        if (!whole || ((Number) seconds).longValue() < 1) {
            throw FetchException.of(endpoint, "answered with an expires_in that is not a number of seconds");
        }
        return Duration.ofSeconds(((Number) seconds).longValue());
    }

    private List<String> scopes(@Nullable Object granted) {
        return granted instanceof String text && !text.isBlank()
                ? List.of(text.strip().split(" +"))
                : grant.scopes();
    }
}
