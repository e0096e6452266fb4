package dev.lintel.auth.register;

import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server where clients are registered. What is here: {@link HydraRegistry}, {@link KeycloakRegistry}, {@link
 * DynamicRegistry}; another one is an implementation of this. {@link OAuthClients} decides what is done, a registry does it.
 *
 * <p>All methods block, and throw {@link RegistryException} if the server does not do its part.
 */
public interface ClientRegistry extends AutoCloseable {
    /**
     * The server's name.
     *
     * @return for plans and messages, for example {@code Hydra at https://hydra.example}
     */
    String name();

    /**
     * Whose tokens its clients get.
     *
     * @return the issuer's identifier; null if it is not known here
     */
    @Nullable
    String issuer();

    /**
     * Where its clients ask for tokens, which goes to the sink beside each secret.
     *
     * @return empty if it is not known here
     */
    default Optional<URI> tokenEndpoint() {
        return Optional.empty();
    }

    /**
     * Whether {@link #rotate} leaves the old secret in force. Asked only while there is no old one.
     *
     * @param id an identifier of a client that is registered
     * @return false if the old one ends at once, or that is not known
     */
    default boolean keepsOldSecrets(String id) {
        return false;
    }

    /**
     * What this server cannot do for a client.
     *
     * @param client as it should be
     * @return a problem for each, with the nearest alternative; empty if it can do all
     */
    List<Problem> unable(ClientSpec client);

    /**
     * What will be done beside the clients themselves.
     *
     * @param client as it should be
     * @return what should be known before it is done, such as a scope that will be made
     */
    default List<Problem> warnings(ClientSpec client) {
        return List.of();
    }

    /**
     * What {@link #find} answers once a client is as it should be.
     *
     * @param client as it should be
     * @return its metadata, without what this server cannot tell or takes for granted
     */
    default ClientFacts expected(ClientSpec client) {
        return client.facts();
    }

    /**
     * A client, whosever it is.
     *
     * @param id its identifier
     * @return empty if there is none
     */
    Optional<KnownClient> find(String id);

    /**
     * The clients with an owner's mark.
     *
     * @param owner the mark
     * @return all of them
     */
    List<KnownClient> ownedBy(String owner);

    /**
     * Registers a client that does not exist.
     *
     * @param client as it should be
     * @param owner the mark that it gets
     * @param stamp what {@link #find} tells of it until it is updated, so that a rotation which was cut off knows the client
     *     that it made from one of the same name; nothing secret, but nobody guesses it; null for none
     * @param secret the secret that it should have; null if it needs none
     * @return what it got
     */
    Credentials create(ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret);

    /**
     * Changes a client that exists; what is not managed here stays as it is, and so does its secret. It has no stamp
     * afterwards: whoever changes it has made it his.
     *
     * @param client as it should be
     * @param owner the mark that it gets
     */
    void update(ClientSpec client, String owner);

    /**
     * Removes a client.
     *
     * @param id its identifier
     */
    void delete(String id);

    /**
     * The secret that replaced one which is still in force, where the server tells secrets again: whoever asked for it may not
     * have lived to put it anywhere.
     *
     * @param id its identifier
     * @return empty if there is no old secret, or the server does not tell
     */
    default Optional<Secret> unseen(String id) {
        return Optional.empty();
    }

    /**
     * Gives a client a new secret. Asked again before {@link #retire}, because nobody got to know the new one, the secret
     * before the first of them is the old one still.
     *
     * @param id its identifier
     * @param secret the secret that it should have
     * @return what it has now, and whether the old one still works
     */
    Rotated rotate(String id, Secret secret);

    /**
     * Ends what an earlier {@link #rotate} left in force.
     *
     * @param id its identifier
     */
    void retire(String id);

    /** Ends what the registry holds open. */
    @Override
    default void close() {}

    /**
     * What a client proves itself with.
     *
     * @param clientId the identifier that it uses
     * @param secret its secret; null if it has none
     */
    record Credentials(String clientId, @Nullable Secret secret) {}

    /**
     * A secret that was replaced.
     *
     * @param secret the new one
     * @param oldStillWorks whether the old one works until {@link ClientRegistry#retire}
     */
    record Rotated(Secret secret, boolean oldStillWorks) {}
}
