package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.oauth.credential.Asking;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.Credentials;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.token.TokenFetchException;
import java.net.URI;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one client: its credential, its proof of possession, and the two answers after which it is asked once more,
 * a nonce that the proof lacked and a credential that another may replace. Neither uses anything up.
 */
public final class Exchange {
    private static final int MOST_BYTES = 64 * 1024;

    private final Connection connection;
    private final String clientId;
    private final ClientAuthentication who;
    private final @Nullable DPoPKey dpop;

    /**
     * The requests of one client.
     *
     * @param connection to the server
     * @param clientId the client's identifier
     * @param who its credential
     * @param dpop the key that its tokens are bound to; null for none
     */
    public Exchange(Connection connection, String clientId, ClientAuthentication who, @Nullable DPoPKey dpop) {
        this.connection = connection;
        this.clientId = clientId;
        this.who = who;
        this.dpop = dpop;
    }

    /**
     * The server.
     *
     * @return what all its clients share
     */
    public Connection connection() {
        return connection;
    }

    /**
     * The client's identifier.
     *
     * @return as the server knows it
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The key that tokens are bound to.
     *
     * @return null for none
     */
    public @Nullable DPoPKey dpop() {
        return dpop;
    }

    /**
     * Sends a form. Blocks.
     *
     * @param endpoint where to
     * @param form what
     * @param oneUse whether something in it is good for one use
     * @return an answer with a status of 200 to 299
     * @throws TokenFetchException if there is none
     */
    public Answer ask(Endpoint endpoint, Form form, boolean oneUse) throws TokenFetchException {
        Iterator<ClientAuthentication> ways = who.inOrder().iterator();
        while (true) {
            ClientAuthentication way = ways.next();
            Answer answer = proven(endpoint, form, way, oneUse);
            int status = answer.reply().status();
            if (status >= 200 && status < 300) {
                who.worked(way);
                return answer;
            }
            if (status == 404 || status == 410) {
                connection.expire();
            }
            TokenFetchException failure = Failures.of(
                    answer.where(),
                    answer.reply(),
                    oneUse,
                    connection.settings().clock().instant());
            if (!"invalid_client".equals(failure.error()) || !ways.hasNext()) {
                throw failure;
            }
        }
    }

    private Answer proven(Endpoint endpoint, Form form, ClientAuthentication way, boolean oneUse)
            throws TokenFetchException {
        URI where = connection.endpoint(endpoint, way);
        DPoPKey key = endpoint == Endpoint.TOKEN || endpoint == Endpoint.PUSHED_REQUEST ? dpop : null;
        if (key == null) {
            return send(where, form, way, null, oneUse);
        }
        check(key);
        String proof = proof(key, where);
        Answer first = send(where, form, way, proof, oneUse);
        boolean unknown = learned(key, where, first.reply(), proof);
        if (!unknown || !"use_dpop_nonce".equals(Failures.error(first.reply()))) {
            return first;
        }
        String again = proof(key, where);
        Answer second = send(where, form, way, again, oneUse);
        boolean unused = learned(key, where, second.reply(), again);
        return second;
    }

    private String proof(DPoPKey key, URI where) {
        key.clockAhead(connection.serverClock().ahead());
        return key.proof("POST", where);
    }

    private static boolean learned(DPoPKey key, URI where, Reply reply, String proof) {
        String nonce = reply.header("DPoP-Nonce");
        return nonce != null && key.nonce(where, nonce, proof);
    }

    private void check(DPoPKey key) throws TokenFetchException {
        ServerMetadata server = connection.server();
        List<String> known = server.dpopAlgorithms();
        if (!known.isEmpty() && !known.contains(key.key().algorithm().name())) {
            throw Failures.permanent("The server " + connection.issuer() + " takes no proofs signed with "
                    + key.key().algorithm() + "; use a DPoPKey of an algorithm that it names in"
                    + " dpop_signing_alg_values_supported");
        }
    }

    private Answer send(URI where, Form form, ClientAuthentication way, @Nullable String proof, boolean oneUse)
            throws TokenFetchException {
        Instant asked = connection.settings().clock().instant();
        Credentials shown = way.credentials(new Asking(
                clientId,
                connection.issuer(),
                connection.server().endpoint(Endpoint.TOKEN).orElse(where),
                connection.serverClock().instant(),
                connection.settings().random()));
        Map<String, String> headers = new LinkedHashMap<>();
        shown.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        if (proof != null) {
            headers.put("DPoP", proof);
        }
        try {
            String body = form.plus(shown.parameters()).encoded();
            return new Answer(where, connection.http(way).post(where, headers, body, MOST_BYTES), asked);
        } catch (FetchException e) {
            connection.expire();
            throw Failures.of(e.at(where), oneUse);
        }
    }
}
