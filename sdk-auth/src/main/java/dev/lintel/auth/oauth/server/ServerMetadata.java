package dev.lintel.auth.oauth.server;

import dev.lintel.auth.net.Urls;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorization server says about itself, checked; or what is known about one that says nothing.
 *
 * @param issuer its identifier, exactly as it stands in tokens
 * @param endpoints where to ask for what
 * @param mtlsEndpoints where to ask with a client certificate, if that differs (RFC 8705, 5)
 * @param grantTypes the grants that it knows; empty if it does not say
 * @param authMethods how clients may authenticate at the token endpoint; empty if it does not say
 * @param challengeMethods the ways of PKCE that it knows (RFC 7636); empty if it does not say
 * @param scopes the scopes that it names; it may know more
 * @param dpopAlgorithms how proofs may be signed (RFC 9449, 5.1); empty if it does not say
 * @param idTokenAlgorithms how it signs ID tokens; empty if it does not say
 * @param pushedRequestsOnly whether authorization requests must be pushed (RFC 9126, 5)
 * @param issuerInAnswers whether each of its authorization responses names it (RFC 9207, 3)
 */
public record ServerMetadata(
        String issuer,
        Map<Endpoint, URI> endpoints,
        Map<Endpoint, URI> mtlsEndpoints,
        List<String> grantTypes,
        List<String> authMethods,
        List<String> challengeMethods,
        List<String> scopes,
        List<String> dpopAlgorithms,
        List<String> idTokenAlgorithms,
        boolean pushedRequestsOnly,
        boolean issuerInAnswers) {
    /** Checks the issuer and every address: {@code https}, except on loopback. */
    public ServerMetadata {
        Urls.issuer(issuer);
        endpoints = ordered(endpoints);
        mtlsEndpoints = ordered(mtlsEndpoints);
        endpoints.forEach((endpoint, uri) -> Urls.checked("a " + endpoint.member(), uri));
        mtlsEndpoints.forEach((endpoint, uri) -> Urls.checked("a " + endpoint.member(), uri));
        grantTypes = List.copyOf(grantTypes);
        authMethods = List.copyOf(authMethods);
        challengeMethods = List.copyOf(challengeMethods);
        scopes = List.copyOf(scopes);
        dpopAlgorithms = List.copyOf(dpopAlgorithms);
        idTokenAlgorithms = List.copyOf(idTokenAlgorithms);
    }

    /**
     * A server of which nothing is known yet, for one that publishes no metadata.
     *
     * @param issuer its identifier, an {@code https} URL; {@code http} on loopback only
     * @return metadata without endpoints
     */
    public static ServerMetadata of(String issuer) {
        return new ServerMetadata(
                issuer, Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false,
                false);
    }

    /**
     * The same server with an endpoint.
     *
     * @param endpoint which
     * @param uri its address, {@code https}; {@code http} on loopback only
     * @return new metadata
     */
    public ServerMetadata with(Endpoint endpoint, URI uri) {
        Map<Endpoint, URI> more = new EnumMap<>(Endpoint.class);
        more.putAll(endpoints);
        more.put(endpoint, uri);
        return new ServerMetadata(
                issuer,
                more,
                mtlsEndpoints,
                grantTypes,
                authMethods,
                challengeMethods,
                scopes,
                dpopAlgorithms,
                idTokenAlgorithms,
                pushedRequestsOnly,
                issuerInAnswers);
    }

    /**
     * Where to ask for something.
     *
     * @param endpoint for what
     * @return empty if the server does not say
     */
    public Optional<URI> endpoint(Endpoint endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint));
    }

    /**
     * Where to ask for something with a client certificate.
     *
     * @param endpoint for what
     * @return the address for certificates, or the usual one if there is no other
     */
    public Optional<URI> mtlsEndpoint(Endpoint endpoint) {
        URI uri = mtlsEndpoints.get(endpoint);
        return uri == null ? endpoint(endpoint) : Optional.of(uri);
    }

    private static Map<Endpoint, URI> ordered(Map<Endpoint, URI> endpoints) {
        Map<Endpoint, URI> ordered = new EnumMap<>(Endpoint.class);
        ordered.putAll(endpoints);
        return Collections.unmodifiableMap(ordered);
    }
}
