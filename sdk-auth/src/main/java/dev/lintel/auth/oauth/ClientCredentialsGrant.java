package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import java.net.URI;

/** Tokens for the client itself (RFC 6749, 4.4). */
public final class ClientCredentialsGrant implements TokenSource {
    private final Exchange exchange;
    private final Wanted wanted;

    ClientCredentialsGrant(Exchange exchange, Wanted wanted) {
        this.exchange = exchange;
        this.wanted = wanted;
    }

    /**
     * The same for a resource, or for one more (RFC 8707).
     *
     * @param uri absolute, without fragment
     * @return a new grant
     */
    public ClientCredentialsGrant resource(URI uri) {
        return new ClientCredentialsGrant(exchange, wanted.resource(uri));
    }

    /**
     * The same with an {@code audience} parameter, as some servers want it.
     *
     * @param name as the server knows it
     * @return a new grant
     */
    public ClientCredentialsGrant audience(String name) {
        return new ClientCredentialsGrant(exchange, wanted.audience(name));
    }

    @Override
    public FetchedToken fetch() throws TokenFetchException {
        Form form = wanted.to(new Form().put("grant_type", "client_credentials"));
        return TokenReader.read(exchange, exchange.ask(Endpoint.TOKEN, form, false), wanted.scopes(), false);
    }

    @Override
    public String toString() {
        return "client credentials of '" + exchange.clientId() + "' at "
                + exchange.connection().issuer() + " for " + wanted.scopes();
    }
}
