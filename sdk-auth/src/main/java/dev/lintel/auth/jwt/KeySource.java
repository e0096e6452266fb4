package dev.lintel.auth.jwt;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.net.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of one issuer come from: a known address, or the one that its metadata names. Blocks; used by one thread
 * at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, 3</a>
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery, 4</a>
 */
final class KeySource {
    private static final int MOST_BYTES = 1024 * 1024;

    private final Http http;
    private final String issuer;
    private final @Nullable URI said;
    private volatile @Nullable URI discovered;

    KeySource(Http http, String issuer, @Nullable URI jwksUri) {
        this.http = http;
        this.issuer = issuer;
        this.said = jwksUri;
    }

    KeySet fetch() throws FetchException {
        URI known = said == null ? discovered : said;
        URI uri = known == null ? discover() : known;
        try {
            KeySet keys = KeySet.parse(get(uri)).orElseThrow(() -> wrong(uri, "is not a JSON Web Key Set"));
            discovered = uri;
            return keys;
        } catch (FetchException e) {
            // It may have moved: the next attempt asks the metadata again.
            discovered = null;
            throw e;
        }
    }

    private URI discover() throws FetchException {
        List<String> tried = new ArrayList<>();
        for (URI uri : metadata(issuer)) {
            Optional<Map<String, Object>> metadata = Optional.empty();
            try {
                metadata = StrictJson.object(get(uri));
                if (metadata.isEmpty()) {
                    tried.add(wrong(uri, "is not a JSON object").getMessage());
                }
            } catch (FetchException e) {
                tried.add(e.getMessage());
            }
            if (metadata.isPresent()) {
                return jwksUri(uri, metadata.get());
            }
        }
        throw new FetchException(String.join("; ", tried));
    }

    private URI jwksUri(URI from, Map<String, Object> metadata) throws FetchException {
        if (!issuer.equals(metadata.get("issuer"))) {
            throw wrong(from, "names another issuer");
        }
        if (!(metadata.get("jwks_uri") instanceof String text)) {
            throw wrong(from, "names no jwks_uri");
        }
        try {
            URI uri = Urls.checked("jwks_uri", URI.create(text));
            if (from.getScheme().equalsIgnoreCase("https") && !uri.getScheme().equalsIgnoreCase("https")) {
                throw wrong(from, "names a jwks_uri that is not https");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw wrong(from, "names a jwks_uri that is not an https address");
        }
    }

    private byte[] get(URI uri) throws FetchException {
        Reply reply;
        try {
            reply = http.get(uri, MOST_BYTES);
        } catch (FetchException e) {
            throw wrong(uri, e.getMessage());
        }
        if (reply.status() != 200) {
            throw wrong(uri, "answered " + reply.status());
        }
        return reply.body();
    }

    /** OpenID Connect appends the well-known path to the issuer, RFC 8414 puts it between host and path. */
    static List<URI> metadata(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath().endsWith("/")
                ? uri.getRawPath().substring(0, uri.getRawPath().length() - 1)
                : uri.getRawPath();
        String base = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(base + path + "/.well-known/openid-configuration"),
                URI.create(base + "/.well-known/oauth-authorization-server" + path));
    }

    /** The query is left out: it may hold what is nobody's business. */
    private static FetchException wrong(URI uri, @Nullable String what) {
        return new FetchException(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + " " + what);
    }
}
