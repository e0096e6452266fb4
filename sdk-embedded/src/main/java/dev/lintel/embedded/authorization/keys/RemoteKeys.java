package dev.lintel.embedded.authorization.keys;

import dev.lintel.auth.jwt.PublicKeys;
import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.IssuerMetadata;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of others, fetched when they are needed and kept for a while. An unknown key is worth another fetch, but not more
 * than one within some seconds, however many ask; a failed fetch keeps the keys from before.
 */
public final class RemoteKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final ConcurrentMap<URI, Fetched> fetched = new ConcurrentHashMap<>();
    private @Nullable Http http;

    /** Keys, and when they were asked for. */
    private record Fetched(@Nullable PublicKeys keys, Instant at) {}

    /** Fetches nothing yet. */
    public RemoteKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether one of somebody's keys signed this. Blocks while keys are fetched, at most some seconds. */
    public boolean signed(SignedClaims claims, ClientKeys keys) {
        if (keys.known() != null) {
            return claims.isSignedBy(keys.known());
        }
        URI uri = keys.uri();
        if (uri == null) {
            return false;
        }
        PublicKeys known = keysAt(uri, FRESH);
        if (known != null && claims.isSignedBy(known)) {
            return true;
        }
        PublicKeys newer = keysAt(uri, PAUSE);
        return newer != null && newer != known && claims.isSignedBy(newer);
    }

    /** The keys there, not older than this; failures are not repeated within the pause. */
    private @Nullable PublicKeys keysAt(URI uri, Duration age) {
        Instant now = clock.instant();
        return fetched.compute(uri, (where, before) -> {
                    Duration good = before != null && before.keys() == null ? PAUSE : age;
                    if (before != null && before.at().plus(good).isAfter(now)) {
                        return before;
                    }
                    PublicKeys keys = fetch(where);
                    return new Fetched(keys == null && before != null ? before.keys() : keys, now);
                })
                .keys();
    }

    private @Nullable PublicKeys fetch(URI uri) {
        try {
            return PublicKeys.parse(IssuerMetadata.document(client(), uri)).orElse(null);
        } catch (FetchException e) {
            LOG.warn("keys cannot be had: {}", e.getMessage());
            return null;
        }
    }

    private synchronized Http client() {
        Http client = http == null ? new Http(TIMEOUT) : http;
        http = client;
        return client;
    }

    /** Ends what is being fetched. */
    @Override
    public synchronized void close() {
        if (http != null) {
            http.close();
        }
    }
}
