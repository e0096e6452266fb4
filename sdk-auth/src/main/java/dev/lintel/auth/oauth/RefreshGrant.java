package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;

/** Uses refresh tokens (RFC 6749, 6), each once: nothing is sent again after an exchange whose end was not seen. */
public final class RefreshGrant implements RefreshExchange {
    private final Exchange exchange;
    private final Wanted wanted;

    RefreshGrant(Exchange exchange, Wanted wanted) {
        this.exchange = exchange;
        this.wanted = wanted;
    }

    /**
     * The same for a resource, or for one more (RFC 8707, 2.2).
     *
     * @param uri absolute, without fragment
     * @return a new grant
     */
    public RefreshGrant resource(URI uri) {
        return new RefreshGrant(exchange, wanted.resource(uri));
    }

    @Override
    public FetchedToken refresh(Secret refreshToken) throws TokenFetchException {
        Form form = wanted.to(new Form().put("grant_type", "refresh_token").put("refresh_token", refreshToken));
        return TokenReader.refreshed(exchange, exchange.ask(Endpoint.TOKEN, form, true), wanted.scopes());
    }

    @Override
    public String toString() {
        return "refresh of '" + exchange.clientId() + "' at "
                + exchange.connection().issuer();
    }
}
