package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.IssuerMetadata;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.ServerMetadata;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what an issuer publishes: an endpoint that is not safe spoils the whole, a list that is none counts as unsaid. */
final class MetadataReader {
    private final IssuerMetadata published;
    private final List<String> hosts;

    private MetadataReader(IssuerMetadata published, List<String> hosts) {
        this.published = published;
        this.hosts = hosts;
    }

    static ServerMetadata read(IssuerMetadata published, String issuer, List<String> hosts) throws FetchException {
        MetadataReader reader = new MetadataReader(published, hosts);
        return new ServerMetadata(
                issuer,
                reader.endpoints(published.members()),
                published.members().get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
                        ? reader.endpoints(aliases)
                        : Map.of(),
                reader.list("grant_types_supported"),
                reader.list("token_endpoint_auth_methods_supported"),
                reader.list("code_challenge_methods_supported"),
                reader.list("scopes_supported"),
                reader.list("dpop_signing_alg_values_supported"),
                reader.list("id_token_signing_alg_values_supported"),
                reader.flag("require_pushed_authorization_requests"),
                reader.flag("authorization_response_iss_parameter_supported"));
    }

    private Map<Endpoint, URI> endpoints(Map<?, ?> part) throws FetchException {
        Map<Endpoint, URI> endpoints = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<URI> uri = published.endpoint(part, endpoint.member());
            if (uri.isPresent()) {
                endpoints.put(endpoint, pinned(endpoint, uri.get()));
            }
        }
        return endpoints;
    }

    /** Whoever can change the metadata could otherwise have secrets sent to a host of their own. */
    private URI pinned(Endpoint endpoint, URI uri) throws FetchException {
        if (!hosts.isEmpty() && !hosts.contains(uri.getHost().toLowerCase(Locale.ROOT))) {
            throw FetchException.of(
                    published.from(),
                    "names a " + endpoint.member() + " at '" + uri.getHost() + "', but endpoints may only be at "
                            + hosts);
        }
        return uri;
    }

    private List<String> list(String member) {
        return published.members().get(member) instanceof List<?> values
                ? values.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private boolean flag(String member) {
        return Boolean.TRUE.equals(published.members().get(member));
    }
}
