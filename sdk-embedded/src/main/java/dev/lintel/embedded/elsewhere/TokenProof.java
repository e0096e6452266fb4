package dev.lintel.embedded.elsewhere;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.model.Elsewhere.ClientToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A token that the gateway gets for itself, and keeps fresh. */
final class TokenProof implements Proof {
    private static final Logger LOG = LoggerFactory.getLogger(TokenProof.class);
    private static final Duration EXCHANGE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReadSecret secret;
    private final OAuthClient client;
    private final Tokens tokens;
    private final Executor executor;

    TokenProof(ClientToken said, SecretReader secrets, Executor executor, InstantSource clock) {
        this.executor = executor;
        secret = new ReadSecret(said.secret(), secrets);
        client = OAuthClient.at(
                said.issuer(),
                said.clientId(),
                secret,
                OAuthSettings.DEFAULT.withClock(clock).withTimeout(EXCHANGE));
        tokens = Tokens.from(
                said.clientId(),
                client.clientCredentials(said.scopes().toArray(String[]::new)),
                TokenSettings.defaults().clocks(clock, System::nanoTime).timeout(EXCHANGE));
    }

    @Override
    public CompletionStage<Shown> get() {
        return tokens.handle().get(PATIENCE).thenApply(TokenProof::shown).whenComplete((shown, failure) -> {
            if (failure != null) {
                LOG.debug("{}: {}", tokens, failure.getMessage());
                lookAgain();
            }
        });
    }

    private static Shown shown(AccessToken token) {
        if (token.type() != TokenType.BEARER) {
            throw new TokenException("the token is of type " + token.type() + ", which a gateway cannot present");
        }
        return new Shown("authorization", token.authorization(), token.value().reveal(), token);
    }

    /** A secret that was corrected ends the pause after a failure. */
    private void lookAgain() {
        try {
            executor.execute(() -> {
                if (secret.hasChanged()) {
                    tokens.reset();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the secret is looked at later", tokens);
        }
    }

    @Override
    public boolean isRenewable() {
        return true;
    }

    @Override
    public void refused(Shown shown) {
        if (shown.token() != null) {
            tokens.invalidate(shown.token());
        }
    }

    @Override
    public String header() {
        return "authorization";
    }

    @Override
    public void close() {
        tokens.close();
        client.close();
    }
}
