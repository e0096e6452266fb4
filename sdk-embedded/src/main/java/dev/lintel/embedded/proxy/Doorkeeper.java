package dev.lintel.embedded.proxy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Knows whether there is a sidecar, which checks tokens and callers. Without one nobody is let in: a pod that was made without
 * it would take whatever anybody claims to be.
 */
final class Doorkeeper {
    private static final int WAIT = 1_000;
    private static final long AGAIN = 500;

    private final URI sidecar;
    private final InstantSource clock;
    private final AtomicReference<Instant> asked = new AtomicReference<>(Instant.MIN);
    private volatile boolean there;

    Doorkeeper(URI sidecar, InstantSource clock) {
        this.sidecar = sidecar;
        this.clock = clock;
    }

    /** Asked for anew until it is there; from then on all traffic goes through it, or nothing arrives. */
    boolean isThere() {
        if (there) {
            return true;
        }
        Instant now = clock.instant();
        Instant last = asked.get();
        if (now.isBefore(last.equals(Instant.MIN) ? now : last.plusMillis(AGAIN)) || !asked.compareAndSet(last, now)) {
            return false;
        }
        there = answers();
        return there;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) sidecar.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(WAIT);
            connection.setReadTimeout(WAIT);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
