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

    private IssuerMetadata() {}

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
                return endpoint(uri, issuer, metadata.get(), member);
            }
        }
        throw new FetchException(String.join("; ", tried));
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

    private static URI endpoint(URI from, String issuer, Map<String, Object> metadata, String member)
            throws FetchException {
        if (!issuer.equals(metadata.get("issuer"))) {
            throw FetchException.of(from, "names another issuer");
        }
        if (!(metadata.get(member) instanceof String text)) {
            throw FetchException.of(from, "names no " + member);
        }
        try {
            URI uri = Urls.checked(member, URI.create(text));
            if (from.getScheme().equalsIgnoreCase("https") && !uri.getScheme().equalsIgnoreCase("https")) {
                throw FetchException.of(from, "names a " + member + " that is not https");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw FetchException.of(from, "names a " + member + " that is not an https address");
        }
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
