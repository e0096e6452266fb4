package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.credential.AssertionSource;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import java.net.URI;
import java.util.List;

/** Tokens for whom an assertion speaks of (RFC 7523, 2.1); each request has an assertion of its own. */
public final class JwtBearerGrant implements TokenSource {
    private final Exchange exchange;
    private final AssertionSource assertions;
    private final Wanted wanted;

    JwtBearerGrant(Exchange exchange, AssertionSource assertions, Wanted wanted) {
        this.exchange = exchange;
        this.assertions = assertions;
        this.wanted = wanted;
    }

    /**
     * The same with scopes.
     *
     * @param scopes those that are asked for
     * @return a new grant
     */
    public JwtBearerGrant scopes(String... scopes) {
        return new JwtBearerGrant(
                exchange, assertions, new Wanted(List.of(scopes), wanted.resources(), wanted.audiences()));
    }

    /**
     * The same for a resource, or for one more (RFC 8707).
     *
     * @param uri absolute, without fragment
     * @return a new grant
     */
    public JwtBearerGrant resource(URI uri) {
        return new JwtBearerGrant(exchange, assertions, wanted.resource(uri));
    }

    /**
     * The same with an {@code audience} parameter, as some servers want it.
     *
     * @param name as the server knows it
     * @return a new grant
     */
    public JwtBearerGrant audience(String name) {
        return new JwtBearerGrant(exchange, assertions, wanted.audience(name));
    }

    @Override
    public FetchedToken fetch() throws TokenFetchException {
        Form form = wanted.to(new Form()
                .put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .put("assertion", assertions.assertion()));
        return TokenReader.read(exchange, exchange.ask(Endpoint.TOKEN, form, false), wanted.scopes(), false);
    }

    @Override
    public String toString() {
        return "JWT bearer grant of '" + exchange.clientId() + "' at "
                + exchange.connection().issuer() + " for " + wanted.scopes();
    }
}
