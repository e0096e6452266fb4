package dev.lintel.auth.jwt;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.IssuerMetadata;
import dev.lintel.core.model.Issuer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of one issuer come from: what is said of it, a known address, or the one that its metadata names. Blocks; used by one thread
 * at a time.
 */
final class KeySource {
    private final Http http;
    private final String issuer;
    private final @Nullable URI said;
    private final @Nullable KeySet pinned;
    private volatile @Nullable URI discovered;

    KeySource(Http http, String issuer, @Nullable URI jwksUri) {
        this(http, issuer, jwksUri, null);
    }

    private KeySource(Http http, String issuer, @Nullable URI jwksUri, @Nullable KeySet pinned) {
        this.http = http;
        this.issuer = issuer;
        this.said = jwksUri;
        this.pinned = pinned;
    }

    static KeySource of(Http http, Issuer issuer) {
        KeySet pinned = issuer.jwks() == null ? null : PinnedKeys.read(issuer.jwks());
        return new KeySource(http, issuer.issuer(), issuer.jwksUri(), pinned);
    }

    KeySet fetch() throws FetchException {
        if (pinned != null) {
            return pinned;
        }
        URI known = said == null ? discovered : said;
        URI uri = known == null ? IssuerMetadata.endpoint(http, issuer, "jwks_uri") : known;
        try {
            KeySet keys = KeySet.parse(IssuerMetadata.document(http, uri))
                    .orElseThrow(() -> FetchException.of(uri, "is not a JSON Web Key Set"));
            discovered = uri;
            return keys;
        } catch (FetchException e) {
            // It may have moved: the next attempt asks the metadata again.
            discovered = null;
            throw e;
        }
    }
}
