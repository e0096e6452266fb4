package dev.lintel.auth.net;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an issuer publishes about itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, 3</a>
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery, 4</a>
 */
public final class IssuerMetadata {
    private static final int MOST_BYTES = 1024 * 1024;

    private final URI from;
    private final Map<String, Object> members;

    private IssuerMetadata(URI from, Map<String, Object> members) {
        this.from = from;
        this.members = members;
    }

    /**
     * Fetches what an issuer publishes. Blocks.
     *
     * @param http what to ask with
     * @param issuer its identifier; the metadata must name the same
     * @return its metadata
     * @throws FetchException if there is no such metadata, naming all that was tried
     */
    public static IssuerMetadata fetch(Http http, String issuer) throws FetchException {
        List<String> tried = new ArrayList<>();
        for (URI uri : addresses(issuer)) {
            Optional<Map<String, Object>> metadata = Optional.empty();
            try {
                metadata = StrictJson.object(document(http, uri));
                if (metadata.isEmpty()) {
                    tried.add(FetchException.of(uri, "is not a JSON object").getMessage());
                }
            } catch (FetchException e) {
                tried.add(e.getMessage());
            }
            if (metadata.isPresent()) {
                if (!issuer.equals(metadata.get().get("issuer"))) {
                    throw FetchException.of(uri, "names another issuer");
                }
                return new IssuerMetadata(uri, metadata.get());
            }
        }
        throw new FetchException(String.join("; ", tried));
    }

    /**
     * The address of one of an issuer's endpoints. Blocks.
     *
     * @param http what to ask with
     * @param issuer its identifier; the metadata must name the same
     * @param member the endpoint's name in the metadata, for example {@code jwks_uri}
     * @return an {@code https} address; {@code http} on loopback, and only of an issuer that is there itself
     * @throws FetchException if there is no such metadata, naming all that was tried
     */
    public static URI endpoint(Http http, String issuer, String member) throws FetchException {
        IssuerMetadata metadata = fetch(http, issuer);
        return metadata.endpoint(member).orElseThrow(() -> FetchException.of(metadata.from, "names no " + member));
    }

    /**
     * Where the metadata was found.
     *
     * @return its address
     */
    public URI from() {
        return from;
    }

    /**
     * What the metadata says.
     *
     * @return its members as they came
     */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * The address of an endpoint.
     *
     * @param member the endpoint's name in the metadata
     * @return an {@code https} address; {@code http} on loopback, and only of an issuer that is there itself; empty if
     *     none is named
     * @throws FetchException if what is named is no such address
     */
    public Optional<URI> endpoint(String member) throws FetchException {
        return endpoint(members, member);
    }

    /**
     * The address of an endpoint in a part of the metadata, such as {@code mtls_endpoint_aliases} (RFC 8705, 5).
     *
     * @param part the part
     * @param member the endpoint's name in it
     * @return as {@link #endpoint(String)}
     * @throws FetchException if what is named is no such address
     */
    public Optional<URI> endpoint(Map<?, ?> part, String member) throws FetchException {
        Object said = part.get(member);
        if (said == null) {
            return Optional.empty();
        }
        try {
            String text = said instanceof String address ? address : "";
            URI uri = Urls.checked(member, URI.create(text));
            if (from.getScheme().equalsIgnoreCase("https") && !uri.getScheme().equalsIgnoreCase("https")) {
                throw FetchException.of(from, "names a " + member + " that is not https");
            }
            return Optional.of(uri);
        } catch (IllegalArgumentException e) {
            throw FetchException.of(from, "names a " + member + " that is not an https address");
        }
    }

    /**
     * A document of at most 1 MiB that is answered with 200. Blocks.
     *
     * @param http what to ask with
     * @param uri where it is
     * @return its bytes
     * @throws FetchException if it cannot be had; the message names the address without its query
     */
    public static byte[] document(Http http, URI uri) throws FetchException {
        Reply reply;
        try {
            reply = http.get(uri, MOST_BYTES);
        } catch (FetchException e) {
            throw FetchException.of(uri, e.getMessage());
        }
        if (reply.status() != 200) {
            throw FetchException.of(uri, "answered " + reply.status());
        }
        return reply.body();
    }

    /** OpenID Connect appends the well-known path to the issuer, RFC 8414 puts it between host and path. */
    static List<URI> addresses(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath().endsWith("/")
                ? uri.getRawPath().substring(0, uri.getRawPath().length() - 1)
                : uri.getRawPath();
        String base = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(base + path + "/.well-known/openid-configuration"),
                URI.create(base + "/.well-known/oauth-authorization-server" + path));
    }
}
