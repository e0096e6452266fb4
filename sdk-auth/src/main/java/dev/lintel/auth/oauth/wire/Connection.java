package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.jwt.IdTokenVerifier;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.Urls;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.token.TokenFetchException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What all clients of one authorization server share: connections, metadata, and what time it is there. */
public final class Connection implements AutoCloseable {
    private final String issuer;
    private final OAuthSettings settings;
    private final ServerClock serverClock;
    private final Http plain;
    private final ConcurrentMap<SSLContext, Http> certified = new ConcurrentHashMap<>();
    private final ConcurrentMap<URI, IdTokenVerifier> verifiers = new ConcurrentHashMap<>();
    private final @Nullable Discovery discovery;
    private final @Nullable ServerMetadata known;

    private Connection(String issuer, @Nullable ServerMetadata known, OAuthSettings settings) {
        this.issuer = issuer;
        this.settings = settings;
        this.known = known;
        this.serverClock = new ServerClock(settings.clock());
        this.plain = new Http(settings.timeout(), settings.tls(), serverClock::observe);
        this.discovery = known == null
                ? new Discovery(plain, issuer, settings.clock(), settings.metadataAge(), settings.endpointHosts())
                : null;
    }

    /**
     * A server that publishes metadata.
     *
     * @param issuer its identifier
     * @param settings what to work with
     * @return nothing is asked yet
     */
    public static Connection discovering(String issuer, OAuthSettings settings) {
        Urls.issuer(issuer);
        return new Connection(issuer, null, settings);
    }

    /**
     * A server that is known.
     *
     * @param metadata what is known
     * @param settings what to work with
     * @return nothing is asked yet
     */
    public static Connection to(ServerMetadata metadata, OAuthSettings settings) {
        return new Connection(metadata.issuer(), metadata, settings);
    }

    /**
     * The server's identifier.
     *
     * @return as it stands in tokens
     */
    public String issuer() {
        return issuer;
    }

    /**
     * What to work with.
     *
     * @return the settings
     */
    public OAuthSettings settings() {
        return settings;
    }

    /**
     * What time it is at the server.
     *
     * @return a clock
     */
    public ServerClock serverClock() {
        return serverClock;
    }

    /**
     * What is known about the server. May block.
     *
     * @return its metadata
     * @throws TokenFetchException if it cannot be had
     */
    public ServerMetadata server() throws TokenFetchException {
        if (known != null) {
            return known;
        }
        try {
            return Objects.requireNonNull(discovery).get();
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }

    /**
     * Where to ask for something. May block.
     *
     * @param endpoint for what
     * @param who who asks
     * @return the address
     * @throws TokenFetchException if there is none
     */
    public URI endpoint(Endpoint endpoint, ClientAuthentication who) throws TokenFetchException {
        ServerMetadata server = server();
        Optional<URI> uri = who.tls().isPresent() ? server.mtlsEndpoint(endpoint) : server.endpoint(endpoint);
        return uri.orElseThrow(() -> Failures.permanent("The server " + issuer + " names no " + endpoint.member()
                + ", so it cannot be asked for that; if it has one, say it with ServerMetadata"));
    }

    /** Fetches the metadata anew with the next request: an endpoint may have moved. */
    public void expire() {
        if (discovery != null) {
            discovery.expire();
        }
    }

    /**
     * What to ask with.
     *
     * @param who who asks
     * @return connections with the client's certificate, if it has one
     */
    public Http http(ClientAuthentication who) {
        return who.tls()
                .map(context -> certified.computeIfAbsent(
                        context, key -> new Http(settings.timeout(), key, serverClock::observe)))
                .orElse(plain);
    }

    /**
     * What verifies the server's ID tokens. May block.
     *
     * @return a verifier that keeps the server's keys
     * @throws TokenFetchException if the server does not say where its keys are
     */
    public IdTokenVerifier idTokens() throws TokenFetchException {
        URI keys = endpoint(Endpoint.KEYS, ClientAuthentication.none());
        return verifiers.computeIfAbsent(
                keys, uri -> new IdTokenVerifier(issuer, uri, serverClock, settings.timeout(), settings.tls()));
    }

    @Override
    public void close() {
        plain.close();
        certified.values().forEach(Http::close);
        verifiers.values().forEach(IdTokenVerifier::close);
    }
}
