package dev.lintel.auth;

import dev.lintel.auth.client.Tokens;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.fluent.Verbs;
import java.util.function.UnaryOperator;

/**
 * The verbs of access: who may call.
 *
 * @param <S> the chain that the verbs answer
 */
public interface AuthVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Asks callers for OAuth2 access tokens.
     *
     * @param policy made by {@link OAuth2#oauth2(String)}
     * @return a new chain
     */
    default S withOAuth2(OAuth2 policy) {
        return with(policy);
    }

    /**
     * Asks callers for any good token of one issuer, on every path.
     *
     * @param issuer an {@code https} URL; {@code http} on loopback only
     * @return a new chain
     */
    default S withOAuth2(String issuer) {
        return with(OAuth2.oauth2(issuer));
    }

    /**
     * Asks callers for tokens of one issuer, and says more about them.
     *
     * @param issuer an {@code https} URL; {@code http} on loopback only
     * @param more for example {@code o -> o.audience("orders").scope("/orders/**", "orders.read")}
     * @return a new chain
     */
    default S withOAuth2(String issuer, UnaryOperator<OAuth2> more) {
        return with(more.apply(OAuth2.oauth2(issuer)));
    }

    /**
     * Lets people log in with a browser.
     *
     * @param login made by {@link Login#login(String, String, SecretRef)}
     * @return a new chain
     */
    default S withLogin(Login login) {
        return with(login);
    }

    /**
     * Lets people log in with a browser, and asks for a session on every path.
     *
     * @param issuer the OpenID provider: an {@code https} URL; {@code http} on loopback only
     * @param clientId the client's identifier there
     * @param clientSecret the place of its secret; the keys for cookies are beside it, as {@code cookie-keys}
     * @return a new chain
     */
    default S withLogin(String issuer, String clientId, SecretRef clientSecret) {
        return with(Login.login(issuer, clientId, clientSecret));
    }

    /**
     * Ends the chain with what its callers need: access tokens for exactly the scopes and the audience that it asks for.
     * See {@link TokenNeeds} for which these are, and for an API whose tokens may come from several issuers.
     *
     * @param clientId the client's identifier at the issuer
     * @param secret its secret
     * @return tokens by the client credentials grant, to be closed by the caller
     * @throws IllegalArgumentException if no tokens are asked for, or those of several issuers are accepted
     */
    default Tokens tokens(String clientId, Secret secret) {
        return TokenNeeds.of(define()).tokens(clientId, secret);
    }
}
