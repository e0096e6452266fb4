package dev.lintel.embedded.authorization;

import com.nimbusds.jose.jwk.JWK;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.keys.KeyRing;
import java.util.Map;

/** The keys to verify tokens with (RFC 7517, 5). */
final class Jwks implements Endpoint {
    private static final int MAX_AGE_SECONDS = 300;

    private final KeyRing keys;

    Jwks(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public Reply answer(Received request) {
        return Reply.json(
                        200,
                        Map.of(
                                "keys",
                                keys.published().stream().map(JWK::toJSONObject).toList()))
                .header("Cache-Control", "public, max-age=" + MAX_AGE_SECONDS);
    }
}
