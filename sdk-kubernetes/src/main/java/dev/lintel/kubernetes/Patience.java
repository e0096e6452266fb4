package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Call;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often and after which time a request is sent again: as often and as soon as the client of the user is set up to.
 *
 * <p>An apiserver that is busy, restarts, or lacks its store says so by status 429 or 5xx, or by no answer. Reading,
 * server-side apply and deletion have one outcome however often they are asked for, and are sent again for all of these;
 * anything else for 429 alone, with which nothing was done.
 *
 * @param most how often at most, after the first time
 * @param first the first pause; each of the next five is twice as long as the one before
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">Kubernetes: priority and
 *     fairness</a>
 */
record Patience(int most, Duration first) {
    private static final int TOO_MANY = 429;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int ERROR = 500;
    private static final int DOUBLINGS = 5;
    /** The client's word for no limit: what has none never tells that it is of no use. */
    private static final int MOST = 10;
    /** What an apiserver asks for is kept to, up to here. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Set<String> ONE_OUTCOME = Set.of("GET", "PATCH", "DELETE");

    static Patience of(Config config) {
        Integer limit = config.getRequestRetryBackoffLimit();
        Integer interval = config.getRequestRetryBackoffInterval();
        return new Patience(
                limit == null || limit < 0 ? MOST : limit,
                Duration.ofMillis(interval == null || interval <= 0 ? 100 : interval));
    }

    /**
     * After which time a request is sent again that was answered.
     *
     * @param tried how often it was sent again already
     * @param retryAfter what the apiserver asks for; null if nothing
     * @return empty if the answer stands
     */
    Optional<Duration> afterAnswer(Call call, int tried, int status, @Nullable String retryAfter) {
        boolean again = status == TOO_MANY || status >= ERROR && status != NOT_IMPLEMENTED && isSafe(call);
        if (!again || tried >= most) {
            return Optional.empty();
        }
        Duration asked = asked(retryAfter);
        Duration own = backoff(tried);
        return Optional.of(asked.compareTo(own) > 0 ? asked : own);
    }

    /** The same for a request that was not answered. */
    Optional<Duration> afterSilence(Call call, int tried, Throwable failure) {
        return failure instanceof IOException && !isDistrust(failure) && isSafe(call) && tried < most
                ? Optional.of(backoff(tried))
                : Optional.empty();
    }

    /** A dry run does nothing, whatever it is about. */
    private static boolean isSafe(Call call) {
        return ONE_OUTCOME.contains(call.method()) || call.path().contains("dryRun=All");
    }

    private Duration backoff(int tried) {
        return first.multipliedBy(1L << Math.min(tried, DOUBLINGS));
    }

    /** Seconds; a date is not understood, because that would be another clock. */
    private static Duration asked(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    /** A certificate that is not trusted is not trusted the next time either. */
    private static boolean isDistrust(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }
}
