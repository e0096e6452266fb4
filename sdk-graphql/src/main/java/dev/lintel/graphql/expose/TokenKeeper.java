package dev.lintel.graphql.expose;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets the tokens with which a service is called in place of the caller's. Asks for none before the first call. */
final class TokenKeeper implements AutoCloseable {
    private static final String BEARER = "bearer ";

    private final GraphTokens said;
    private final GraphClient who;
    private final FrontContext context;
    private final Exchanged exchanged;
    private @Nullable OAuthClient client;
    private @Nullable Tokens own;

    private TokenKeeper(GraphTokens said, GraphClient who, FrontContext context) {
        this.said = said;
        this.who = who;
        this.context = context;
        this.exchanged = new Exchanged(context.clock());
    }

    static @Nullable TokenKeeper of(GraphTokens said, FrontContext context) {
        GraphClient who = said.client();
        return who == null ? null : new TokenKeeper(said, who, context);
    }

    /** What is sent in {@code Authorization}; empty where there is no token that could be exchanged. */
    Optional<String> authorization(FrontRequest caller) throws UpstreamException {
        try {
            if (said.handling() == GraphTokens.Handling.OWN) {
                return Optional.of(own().token().authorization());
            }
            Optional<Secret> subject = subject(caller);
            return subject.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bearer(exchanged.of(subject.get(), this::exchange)));
        } catch (TokenException | TokenFetchException e) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_UNAUTHENTICATED), false, e);
        }
    }

    /** A token that was not verified here is not worth another one. */
    private static Optional<Secret> subject(FrontRequest caller) {
        String header = caller.header("authorization").orElse("");
        boolean bearer = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
        String token = bearer ? header.substring(BEARER.length()).strip() : "";
        return token.isEmpty() || caller.verified().isEmpty() ? Optional.empty() : Optional.of(Secret.of(token));
    }

    private FetchedToken exchange(Secret subject) throws TokenFetchException {
        return client().exchange(subject)
                .audience(said.audience())
                .scopes(said.scopes().toArray(String[]::new))
                .fetch();
    }

    private static String bearer(FetchedToken token) throws TokenFetchException {
        if (token.type() != TokenType.BEARER) {
            throw failure("a token of another type than Bearer was got");
        }
        return "Bearer " + token.value().reveal();
    }

    private static TokenFetchException failure(String message) {
        return new TokenFetchException(TokenFetchException.Kind.PERMANENT, message, null, null);
    }

    private synchronized Tokens own() throws TokenFetchException {
        Tokens known = own;
        if (known == null) {
            String[] scopes = said.scopes().toArray(String[]::new);
            known = Tokens.from(context.api() + " " + who.clientId(), client().clientCredentials(scopes));
            own = known;
        }
        return known;
    }

    private synchronized OAuthClient client() throws TokenFetchException {
        OAuthClient known = client;
        if (known == null) {
            Secret secret = context.secret(who.secret())
                    .orElseThrow(() -> failure("the secret " + who.secret() + " is not there"));
            known = OAuthClient.at(
                    who.issuer(),
                    who.clientId(),
                    ClientSecret.basic(secret),
                    OAuthSettings.DEFAULT.withClock(context.clock()));
            client = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (own != null) {
            own.close();
        }
        if (client != null) {
            client.close();
        }
    }
}
