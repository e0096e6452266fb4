package dev.lintel.auth.oauth.registration;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.oauth.wire.Answer;
import dev.lintel.auth.oauth.wire.Connection;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.oauth.wire.Members;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Registers clients at one authorization server, and looks after them. Blocks. */
public final class Registration implements AutoCloseable {
    private static final int MOST_BYTES = 256 * 1024;
    private static final String VISIBLE = "must be a string of visible ASCII characters (RFC 7591, 3.2.1)";

    private final Connection connection;
    private final @Nullable Secret initialToken;

    private Registration(Connection connection, @Nullable Secret initialToken) {
        this.connection = connection;
        this.initialToken = initialToken;
    }

    /**
     * Registration at a server that publishes metadata, with the usual settings.
     *
     * @param issuer its identifier, an {@code https} URL; {@code http} on loopback only
     * @return nothing is asked yet
     */
    public static Registration at(String issuer) {
        return at(issuer, OAuthSettings.DEFAULT);
    }

    /**
     * Registration at a server that publishes metadata.
     *
     * @param issuer its identifier
     * @param settings what to work with
     * @return nothing is asked yet
     */
    public static Registration at(String issuer, OAuthSettings settings) {
        return new Registration(Connection.discovering(issuer, settings), null);
    }

    /**
     * Registration at a server that is known.
     *
     * @param server what is known of it, with {@link Endpoint#REGISTRATION}
     * @param settings what to work with
     * @return nothing is asked yet
     */
    public static Registration at(ServerMetadata server, OAuthSettings settings) {
        return new Registration(Connection.to(server, settings), null);
    }

    /**
     * The same with a token that lets new clients register (RFC 7591, 3).
     *
     * @param token of the server's administrator
     * @return shares the connections
     */
    public Registration withInitialToken(Secret token) {
        return new Registration(connection, token);
    }

    /**
     * Registers a client. An exchange whose end was not seen may have registered it.
     *
     * @param client what it says about itself
     * @return the client with its secrets
     * @throws TokenFetchException if it is not registered
     */
    public RegisteredClient register(ClientMetadata client) throws TokenFetchException {
        URI where = connection.endpoint(Endpoint.REGISTRATION, ClientAuthentication.none());
        return read(send("POST", where, initialToken, StrictJson.write(client.members()), true), null, true);
    }

    /**
     * Looks a client up (RFC 7592, 2.1).
     *
     * @param client as it was registered
     * @return as it is now
     * @throws TokenFetchException if it cannot be looked up
     */
    public RegisteredClient read(RegisteredClient client) throws TokenFetchException {
        return read(send("GET", management(client), client.managementToken(), null, false), client, false);
    }

    /**
     * Changes a client (RFC 7592, 2.2): what is not said any more is gone.
     *
     * @param client as it was registered
     * @param changed everything that it says about itself from now on
     * @return as it is now; keep it in place of the old one
     * @throws TokenFetchException if it is not changed
     */
    public RegisteredClient update(RegisteredClient client, ClientMetadata changed) throws TokenFetchException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("client_id", client.clientId());
        if (client.secret() != null) {
            members.put("client_secret", client.secret().reveal());
        }
        members.putAll(changed.members());
        String json = StrictJson.write(members);
        return read(send("PUT", management(client), client.managementToken(), json, true), client, true);
    }

    /**
     * Deletes a client (RFC 7592, 2.3), its tokens with it.
     *
     * @param client as it was registered
     * @throws TokenFetchException if it is not deleted
     */
    public void delete(RegisteredClient client) throws TokenFetchException {
        Answer unused = send("DELETE", management(client), client.managementToken(), null, false);
    }

    @Override
    public void close() {
        connection.close();
    }

    private URI management(RegisteredClient client) throws TokenFetchException {
        if (client.management() == null || client.managementToken() == null) {
            throw Failures.permanent(
                    "The server " + connection.issuer() + " gave no address and token for looking after" + " client '"
                            + client.clientId() + "' (RFC 7592), so it can only be changed there by hand");
        }
        return client.management();
    }

    private Answer send(String method, URI where, @Nullable Secret token, @Nullable String json, boolean oneUse)
            throws TokenFetchException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (token != null) {
            headers.put("Authorization", "Bearer " + token.reveal());
        }
        Instant asked = connection.settings().clock().instant();
        try {
            Reply reply = connection.http(ClientAuthentication.none()).send(method, where, headers, json, MOST_BYTES);
            if (reply.status() < 200 || reply.status() >= 300) {
                throw Failures.of(where, reply, oneUse, asked);
            }
            return new Answer(where, reply, asked);
        } catch (FetchException e) {
            throw Failures.of(e.at(where), oneUse);
        }
    }

    private RegisteredClient read(Answer answer, @Nullable RegisteredClient before, boolean oneUse)
            throws TokenFetchException {
        try {
            Members said = answer.members();
            String id = said.text("client_id", VISIBLE);
            if (id == null
                    || id.isBlank()
                    || before != null && !before.clientId().equals(id)) {
                throw said.bad("client_id", "must name the client that was asked about (RFC 7591, 3.2.1)");
            }
            URI management = said.uri("registration_client_uri");
            Secret token = said.token("registration_access_token", VISIBLE);
            checkHost(said, answer.where(), management);
            Map<String, Object> open = new LinkedHashMap<>(said.all());
            open.remove("client_secret");
            open.remove("registration_access_token");
            Secret secret = said.token("client_secret", VISIBLE);
            return new RegisteredClient(
                    id,
                    secret == null && before != null ? before.secret() : secret,
                    said.moment("client_secret_expires_at", "must be a number of seconds (RFC 7591, 3.2.1)")
                            .orElse(null),
                    management == null && before != null ? before.management() : management,
                    token == null && before != null ? before.managementToken() : token,
                    open);
        } catch (FetchException e) {
            throw Failures.of(e, oneUse);
        }
    }

    /** The token that goes there opens the client's registration to whoever gets it. */
    private static void checkHost(Members said, URI asked, @Nullable URI management) throws FetchException {
        if (management != null && !host(management).equals(host(asked))) {
            throw said.bad("registration_client_uri", "must be at the host that was asked");
        }
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }
}
