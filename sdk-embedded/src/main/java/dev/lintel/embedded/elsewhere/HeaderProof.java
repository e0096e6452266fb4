package dev.lintel.embedded.elsewhere;

import dev.lintel.core.Secret;
import dev.lintel.core.model.Elsewhere.SecretHeader;
import dev.lintel.embedded.wire.Fields;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A header with a secret in it. The secret is read again, off the event loop, once what is known is a second old; until it
 * has been read the one before is shown.
 */
final class HeaderProof implements Proof {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderProof.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SecretHeader said;
    private final SecretReader secrets;
    private final Executor executor;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<Known>> reading = new AtomicReference<>();
    private volatile @Nullable Known known;

    /** What was read, and when; null if there was nothing to be read. */
    private record Known(@Nullable Shown shown, Instant at) {}

    HeaderProof(SecretHeader said, SecretReader secrets, Executor executor, InstantSource clock) {
        this.said = said;
        this.secrets = secrets;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Shown> get() {
        Known now = known;
        boolean fresh =
                now != null && Duration.between(now.at, clock.instant()).abs().compareTo(FRESH) < 0;
        CompletableFuture<Known> coming = fresh ? null : read();
        if (coming == null || now != null && now.shown != null) {
            return answer(now);
        }
        return coming.thenCompose(HeaderProof::answer);
    }

    private static CompletionStage<Shown> answer(@Nullable Known known) {
        return known == null || known.shown == null
                ? CompletableFuture.failedStage(new IOException("there is no secret"))
                : CompletableFuture.completedStage(known.shown);
    }

    /** Reads once, however many want it. */
    private CompletableFuture<Known> read() {
        CompletableFuture<Known> mine = new CompletableFuture<>();
        CompletableFuture<Known> first = reading.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        try {
            executor.execute(() -> finish(mine, shown()));
        } catch (RejectedExecutionException e) {
            finish(mine, null);
        }
        return mine;
    }

    private void finish(CompletableFuture<Known> mine, @Nullable Shown shown) {
        Known made = new Known(shown, clock.instant());
        known = made;
        reading.set(null);
        mine.complete(made);
    }

    private @Nullable Shown shown() {
        try {
            Secret secret = secrets.read(said.value());
            String value = said.prefix() + secret.reveal();
            if (Fields.isField(said.name(), value)) {
                return new Shown(said.name(), value, secret.reveal(), null);
            }
            LOG.warn("the secret {} has characters that no header may have", said.value());
        } catch (IOException e) {
            LOG.warn("header {}: {}", said.name(), e.getMessage());
        }
        return null;
    }

    @Override
    public boolean isRenewable() {
        return false;
    }

    @Override
    public void refused(Shown shown) {
        known = null;
    }

    @Override
    public String header() {
        return said.name();
    }

    @Override
    public void close() {
        known = null;
    }
}
