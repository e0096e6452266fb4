package dev.lintel.auth.oauth;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.oauth.credential.AssertionSource;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Answer;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.Members;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token in exchange for another (RFC 8693): on behalf of its subject, or as an actor for it. */
public final class TokenExchangeGrant implements TokenSource {
    private static final String ISSUED = "must name the kind of token that was asked for (RFC 8693, 2.2.1)";

    private final Exchange exchange;
    private final Party subject;
    private final @Nullable Party actor;
    private final TokenKind requested;
    private final Wanted wanted;

    TokenExchangeGrant(Exchange exchange, Party subject, @Nullable Party actor, TokenKind requested, Wanted wanted) {
        this.exchange = exchange;
        this.subject = subject;
        this.actor = actor;
        this.requested = requested;
        this.wanted = wanted;
    }

    /** A token that goes in. */
    record Party(AssertionSource token, TokenKind kind) {}

    /**
     * The same with an actor: who acts for the subject.
     *
     * @param token asked for it before each request
     * @param kind what kind of token it is
     * @return a new grant
     */
    public TokenExchangeGrant actor(AssertionSource token, TokenKind kind) {
        return new TokenExchangeGrant(exchange, subject, new Party(token, kind), requested, wanted);
    }

    /**
     * The same for another kind of token than an access token; got with {@link #exchange()}.
     *
     * @param kind what is wanted
     * @return a new grant
     */
    public TokenExchangeGrant requesting(TokenKind kind) {
        return new TokenExchangeGrant(exchange, subject, actor, kind, wanted);
    }

    /**
     * The same with scopes.
     *
     * @param scopes those that are asked for
     * @return a new grant
     */
    public TokenExchangeGrant scopes(String... scopes) {
        return with(new Wanted(List.of(scopes), wanted.resources(), wanted.audiences()));
    }

    /**
     * The same for a resource, or for one more.
     *
     * @param uri absolute, without fragment
     * @return a new grant
     */
    public TokenExchangeGrant resource(URI uri) {
        return with(wanted.resource(uri));
    }

    /**
     * The same for an audience, or for one more.
     *
     * @param name as the server knows it
     * @return a new grant
     */
    public TokenExchangeGrant audience(String name) {
        return with(wanted.audience(name));
    }

    /**
     * Gets an access token.
     *
     * @return the token
     * @throws TokenFetchException if there is none, or what is issued is of another kind
     */
    @Override
    public FetchedToken fetch() throws TokenFetchException {
        if (requested != TokenKind.ACCESS_TOKEN && requested != TokenKind.JWT) {
            throw Failures.permanent(
                    "A token of the kind " + requested + " is no access token: get it with exchange() instead");
        }
        Answer answer = ask();
        try {
            check(answer.members());
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
        return TokenReader.read(exchange, answer, wanted.scopes(), false);
    }

    /**
     * Gets a token of the kind that is requested, whatever that is. Blocks.
     *
     * @return the token itself
     * @throws TokenFetchException if there is none, or what is issued is of another kind
     */
    public Secret exchange() throws TokenFetchException {
        Answer answer = ask();
        String visible = "must be a string of visible ASCII characters (RFC 8693, 2.2.1)";
        try {
            Members members = answer.members();
            check(members);
            Secret token = members.token("access_token", visible);
            if (token == null) {
                throw members.bad("access_token", visible);
            }
            return token;
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }

    private Answer ask() throws TokenFetchException {
        Form form = new Form()
                .put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .put("subject_token", subject.token().assertion())
                .put("subject_token_type", subject.kind().urn());
        if (actor != null) {
            form.put("actor_token", actor.token().assertion());
            form.put("actor_token_type", actor.kind().urn());
        }
        form.put("requested_token_type", requested.urn());
        return exchange.ask(Endpoint.TOKEN, wanted.to(form), false);
    }

    /** An access token may be called a JWT where it is one. */
    private void check(Members members) throws FetchException, TokenFetchException {
        String issued = members.text("issued_token_type", ISSUED);
        if (issued == null) {
            throw members.bad("issued_token_type", ISSUED);
        }
        boolean access = requested == TokenKind.ACCESS_TOKEN || requested == TokenKind.JWT;
        boolean fits = issued.equals(requested.urn())
                || access && (issued.equals(TokenKind.ACCESS_TOKEN.urn()) || issued.equals(TokenKind.JWT.urn()));
        if (!fits) {
            throw Failures.permanent(
                    members.bad("issued_token_type", ISSUED).getMessage() + ", which was " + requested.urn());
        }
    }

    private TokenExchangeGrant with(Wanted other) {
        return new TokenExchangeGrant(exchange, subject, actor, requested, other);
    }

    @Override
    public String toString() {
        return "token exchange of '" + exchange.clientId() + "' at "
                + exchange.connection().issuer() + " for " + wanted.scopes();
    }
}
