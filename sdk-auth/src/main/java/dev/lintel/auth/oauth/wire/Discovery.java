package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.IssuerMetadata;
import dev.lintel.auth.oauth.server.ServerMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of one server, fetched when it is needed and kept for a while; the last good one is used while it cannot be
 * fetched. One fetch at a time; a failure is the same for all who ask within a second of it.
 */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final long PAUSE = 1_000;
    private static final long PAUSE_WITH_OLD = 60_000;

    private final Http http;
    private final String issuer;
    private final InstantSource clock;
    private final Duration age;
    private final List<String> hosts;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile @Nullable Known known;
    private volatile @Nullable Failed failed;
    private volatile long lastFailure = Long.MIN_VALUE / 2;

    /**
     * Metadata that is not fetched yet.
     *
     * @param http what to ask with
     * @param issuer whose
     * @param clock what time it is
     * @param age after which it is fetched anew, when it is used
     * @param hosts where endpoints may be; empty for anywhere
     */
    public Discovery(Http http, String issuer, InstantSource clock, Duration age, List<String> hosts) {
        this.http = http;
        this.issuer = issuer;
        this.clock = clock;
        this.age = age;
        this.hosts = hosts;
    }

    private record Known(ServerMetadata metadata, long until) {}

    private record Failed(FetchException why, long until) {}

    /**
     * The metadata. Blocks while it is fetched.
     *
     * @return at most as old as was said, unless it cannot be fetched
     * @throws FetchException if there is none
     */
    public ServerMetadata get() throws FetchException {
        Known current = known;
        if (current != null && clock.millis() < current.until()) {
            return current.metadata();
        }
        fetching.lock();
        try {
            return fetched();
        } finally {
            fetching.unlock();
        }
    }

    /** Forgets how young the metadata is: an endpoint may have moved. Not within a minute of a fetch that failed. */
    public void expire() {
        Known current = known;
        if (current != null && clock.millis() >= lastFailure + PAUSE_WITH_OLD) {
            known = new Known(current.metadata(), Long.MIN_VALUE);
        }
    }

    private ServerMetadata fetched() throws FetchException {
        long now = clock.millis();
        Known old = known;
        if (old != null && now < old.until()) {
            return old.metadata();
        }
        Failed last = failed;
        if (last != null && now < last.until() && old == null) {
            throw new FetchException(last.why().getMessage());
        }
        try {
            ServerMetadata metadata = MetadataReader.read(IssuerMetadata.fetch(http, issuer), issuer, hosts);
            known = new Known(metadata, now + age.toMillis());
            failed = null;
            return metadata;
        } catch (FetchException e) {
            if (old == null) {
                failed = new Failed(e, now + PAUSE);
                throw new FetchException(e.getMessage());
            }
            LOG.warn("The metadata of {} cannot be had, because {}; what is known is used", issuer, e.getMessage());
            lastFailure = now;
            known = new Known(old.metadata(), now + PAUSE_WITH_OLD);
            return old.metadata();
        }
    }
}
