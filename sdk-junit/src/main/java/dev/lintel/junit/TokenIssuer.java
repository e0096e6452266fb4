package dev.lintel.junit;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.DirectToken;
import java.time.Duration;

/**
 * Makes access tokens for the requests of a test, without a token request. A value: what changes it answers another one.
 */
public final class TokenIssuer {
    private static final Duration EXPIRED = Duration.ofMinutes(-10);

    private final AuthorizationServer server;
    private final DirectToken template;
    private final boolean forged;

    TokenIssuer(AuthorizationServer server) {
        this(server, DirectToken.of("nobody"), false);
    }

    private TokenIssuer(AuthorizationServer server, DirectToken template, boolean forged) {
        this.server = server;
        this.template = template;
        this.forged = forged;
    }

    private TokenIssuer with(DirectToken changed) {
        return new TokenIssuer(server, changed, forged);
    }

    /**
     * Tokens for others than the fixture's audience.
     *
     * @param audiences whom they are for
     * @return another issuer
     */
    public TokenIssuer audience(String... audiences) {
        return with(template.audiences(audiences));
    }

    /**
     * Tokens with another lifetime than five minutes.
     *
     * @param lifetime in whole seconds
     * @return another issuer
     */
    public TokenIssuer lifetime(Duration lifetime) {
        return with(template.lifetime(lifetime));
    }

    /**
     * Tokens with one more claim.
     *
     * @param name for example {@code tenant}
     * @param value text, a number, a boolean, or a list or map of those
     * @return another issuer
     */
    public TokenIssuer claim(String name, Object value) {
        return with(template.claim(name, value));
    }

    /**
     * Tokens that expired ten minutes ago, beyond what clocks may be off.
     *
     * @return another issuer
     */
    public TokenIssuer expired() {
        return lifetime(EXPIRED);
    }

    /**
     * Tokens whose signature is that of another token: whoever takes one does not verify.
     *
     * @return another issuer
     */
    public TokenIssuer forged() {
        return new TokenIssuer(server, template, true);
    }

    /**
     * A token.
     *
     * @param subject whom it stands for, for example {@code alice}
     * @param scopes which it has
     * @return in compact form
     */
    public String issue(String subject, String... scopes) {
        String token = server.issue(template.subject(subject).scopes(scopes));
        return forged ? signedLike(token, server.issue(DirectToken.of(subject))) : token;
    }

    /**
     * The same, as the value of an {@code Authorization} field.
     *
     * @param subject whom it stands for, for example {@code alice}
     * @param scopes which it has
     * @return for example {@code Bearer eyJ…}
     */
    public String bearer(String subject, String... scopes) {
        return "Bearer " + issue(subject, scopes);
    }

    /**
     * A refresh token, as a client has it after a user has logged in.
     *
     * @param client a registered one that may use refresh tokens
     * @param subject the user, for example {@code alice}
     * @param scopes which the user has allowed
     * @return the first token of a family
     */
    public Secret refreshToken(String client, String subject, String... scopes) {
        return server.refreshToken(client, subject, scopes);
    }

    private static String signedLike(String token, String other) {
        return token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    }

    @Override
    public String toString() {
        return (forged ? "forged tokens of " : "tokens of ") + server.issuer();
    }
}
