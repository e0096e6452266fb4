package dev.lintel.embedded.login;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys as the secret holds them: read when they are first needed, and now and then again, never by an event loop. */
final class CookieKeys {
    private static final Logger LOG = LoggerFactory.getLogger(CookieKeys.class);
    private static final long FRESH = 30_000;
    private static final long PAUSE = 1_000;

    private final SecretRef ref;
    private final SecretReader secrets;
    private final Executor executor;
    private final InstantSource clock;
    private volatile @Nullable SessionKeys keys;
    private volatile @Nullable Secret last;
    private volatile long read = Long.MIN_VALUE;
    private @Nullable CompletableFuture<@Nullable SessionKeys> flight;

    CookieKeys(SecretRef ref, SecretReader secrets, Executor executor, InstantSource clock) {
        this.ref = ref;
        this.secrets = secrets;
        this.executor = executor;
        this.clock = clock;
    }

    /** Null if they must be read first. Begins to read them again when they are no longer fresh. */
    @Nullable
    SessionKeys now() {
        SessionKeys known = keys;
        if (known != null && clock.millis() - read >= FRESH) {
            var unused = load();
        }
        return known;
    }

    /** Whether reading them again may bring a key that is not known yet. */
    boolean mayKnowMore() {
        return clock.millis() - read >= PAUSE;
    }

    /** Reads them; many who ask at once wait for one reading. Answers null if there are none. */
    CompletionStage<@Nullable SessionKeys> load() {
        CompletableFuture<@Nullable SessionKeys> begun;
        synchronized (this) {
            if (flight != null) {
                return flight;
            }
            begun = new CompletableFuture<>();
            flight = begun;
        }
        try {
            executor.execute(() -> land(begun));
        } catch (RejectedExecutionException e) {
            done(begun, keys);
        }
        return begun;
    }

    private void land(CompletableFuture<@Nullable SessionKeys> begun) {
        SessionKeys found = null;
        try {
            Secret secret = secrets.read(ref);
            // What was read with the same keys need not be read again.
            found = secret.equals(last) ? keys : SessionKeys.parse(secret);
            last = secret;
        } catch (IOException e) {
            LOG.warn("The keys for cookies cannot be had: {}", e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.warn("The keys for cookies at {} are no good: {}", ref, e.getMessage());
        }
        if (found != null) {
            keys = found;
        }
        done(begun, keys);
    }

    private void done(CompletableFuture<@Nullable SessionKeys> begun, @Nullable SessionKeys found) {
        read = clock.millis();
        synchronized (this) {
            flight = null;
        }
        begun.complete(found);
    }
}
