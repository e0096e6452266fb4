package dev.lintel.benchmarks.peers;

import dev.lintel.benchmarks.tokens.Column;
import dev.lintel.benchmarks.tokens.TokenContender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.NonBlocking;
import software.amazon.awssdk.utils.cache.OneCallerBlocks;
import software.amazon.awssdk.utils.cache.RefreshResult;

/**
 * The AWS SDK's cache, which holds whatever is fetched: here tokens by client credentials, old after 45 minutes and not
 * used any more after 55. Its clock is set forward to where it should be, because it spreads its prefetches at random.
 */
final class AwsTokens implements TokenContender {
    private static final Duration OLD = Duration.ofMinutes(45);
    private static final Duration ENDED = Duration.ofMinutes(55);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final boolean blocks;

    /**
     * A strategy.
     *
     * @param blocks whether one caller refreshes, or a thread of the cache's own
     */
    AwsTokens(boolean blocks) {
        this.blocks = blocks;
    }

    @Override
    public String name() {
        return "AWS SDK 2.58.0 " + (blocks ? "OneCallerBlocks" : "NonBlocking");
    }

    @Override
    public Client prepare(Column.Held held, URI endpoint) throws Exception {
        return switch (held) {
            case NOTHING -> client(endpoint, null);
            case EXPIRED -> client(endpoint, ENDED.plusSeconds(1));
            case STALE -> client(endpoint, ENDED.minusSeconds(5));
        };
    }

    /** A client whose token was fetched so long ago; null for no token. */
    Client client(URI endpoint, Duration ago) throws Exception {
        SetClock clock = new SetClock();
        CachedSupplier<String> cache = CachedSupplier.builder(() -> fetch(endpoint, clock))
                .prefetchStrategy(blocks ? new OneCallerBlocks() : new NonBlocking("tokens"))
                .cachedValueName("tokens")
                .clock(clock)
                .build();
        if (ago != null) {
            String unused = cache.get();
            clock.forward = ago;
        }
        return new Client() {
            @Override
            public String authorization() {
                return cache.get();
            }

            @Override
            public void close() {
                cache.close();
            }
        };
    }

    private static RefreshResult<String> fetch(URI endpoint, Clock clock) {
        try {
            Post.Answer answer =
                    Post.form(endpoint, "grant_type=client_credentials&client_id=shop&client_secret=secret");
            Matcher token = TOKEN.matcher(answer.body());
            if (answer.status() != 200 || !token.find()) {
                throw new IllegalStateException("the endpoint answered " + answer.status());
            }
            Instant now = clock.instant();
            return RefreshResult.builder("Bearer " + token.group(1))
                    .prefetchTime(now.plus(OLD))
                    .staleTime(now.plus(ENDED))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This machine's clock, set forward. */
    private static final class SetClock extends Clock {
        private volatile Duration forward = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(forward);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
