package dev.lintel.benchmarks.peers;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.UserCredentials;
import dev.lintel.benchmarks.tokens.Column;
import dev.lintel.benchmarks.tokens.TokenContender;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** google-auth's credentials with a refresh token, the grant of it that any token endpoint understands. */
final class GoogleTokens implements TokenContender {
    /** Refreshed from 3 min 45 s before the end on, and not used any more from 3 min before it on. */
    private static final Duration STALE = Duration.ofSeconds(220);

    @Override
    public String name() {
        return "google-auth 1.57.0";
    }

    @Override
    public Client prepare(Column.Held held, URI endpoint) {
        return switch (held) {
            case NOTHING -> client(endpoint, null);
            case EXPIRED -> client(endpoint, Duration.ofSeconds(-1));
            case STALE -> client(endpoint, STALE);
        };
    }

    /** A client that holds a token which is good for so long; null for none. */
    static Client client(URI endpoint, Duration left) {
        UserCredentials.Builder builder = UserCredentials.newBuilder()
                .setClientId("shop")
                .setClientSecret("secret")
                .setRefreshToken("refresh")
                .setTokenServerUri(endpoint);
        if (left != null) {
            builder.setAccessToken(
                    new AccessToken("token-0", Date.from(Instant.now().plus(left))));
        }
        UserCredentials credentials = builder.build();
        URI api = URI.create("https://orders.example/orders");
        return () -> credentials.getRequestMetadata(api).get("Authorization").get(0);
    }
}
