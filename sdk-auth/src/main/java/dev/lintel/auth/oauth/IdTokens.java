package dev.lintel.auth.oauth;

import dev.lintel.auth.jwt.IdTokenException;
import dev.lintel.auth.jwt.IdTokenVerifier.Expected;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who logged in, where that was asked for. */
final class IdTokens {
    private IdTokens() {}

    static Login login(Exchange exchange, FetchedToken token, @Nullable Secret nonce, @Nullable Duration maxAge)
            throws TokenFetchException {
        if (!token.requested().contains("openid")) {
            return new Login(token, null);
        }
        Secret raw = token.idToken();
        if (raw == null) {
            throw Failures.permanent("The login at " + exchange.connection().issuer()
                    + " asked for the scope 'openid' and got no ID token; allow that scope for client '"
                    + exchange.clientId() + "' at the server, or do not ask for it");
        }
        Expected expected = new Expected(
                exchange.clientId(),
                nonce == null ? null : nonce.reveal(),
                token.value().reveal(),
                maxAge);
        try {
            return new Login(token, exchange.connection().idTokens().verify(raw.reveal(), expected));
        } catch (IdTokenException e) {
            throw Failures.permanent(e.getMessage() + "; begin the login again");
        }
    }
}
