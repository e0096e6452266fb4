package dev.lintel.auth.oauth.credential;

import dev.lintel.auth.token.TokenFetchException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a client shows who it is: {@link ClientSecret}, {@link PrivateKeyJwt}, {@link TlsClient}, {@link WorkloadIdentity}
 * or {@link #none()}. Others may be written: a signature made in a vault, for example.
 */
public interface ClientAuthentication {
    /**
     * Its name in metadata and registrations (RFC 8414, 2; RFC 7591, 2).
     *
     * @return for example {@code private_key_jwt}
     */
    String method();

    /**
     * What is added to one request. Called anew for each, so that nothing that is good for one use is sent twice.
     *
     * @param asking the request
     * @return headers and parameters
     * @throws TokenFetchException if the credential cannot be had now
     */
    Credentials credentials(Asking asking) throws TokenFetchException;

    /**
     * The client certificate that connections show.
     *
     * @return empty for connections without one
     */
    default Optional<SSLContext> tls() {
        return Optional.empty();
    }

    /**
     * The ways to try, one after the other, for as long as the server answers {@code invalid_client}.
     *
     * @return itself alone, unless it is {@link #firstOf}
     */
    default List<ClientAuthentication> inOrder() {
        return List.of(this);
    }

    /**
     * Tells which way the server took.
     *
     * @param one one of {@link #inOrder()}
     */
    default void worked(ClientAuthentication one) {}

    /**
     * No credential at all: a public client, such as a program on a user's machine (RFC 6749, 2.1).
     *
     * @return sends the client's identifier alone
     */
    static ClientAuthentication none() {
        return new Public();
    }

    /**
     * Two credentials while one replaces the other: the one that worked last is tried first, the other if the server
     * answers {@code invalid_client}.
     *
     * @param first tried first at the beginning
     * @param second tried if the first is refused
     * @return both
     */
    static ClientAuthentication firstOf(ClientAuthentication first, ClientAuthentication second) {
        return new FirstOf(first, second);
    }
}
