package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A service that is called again where HTTP allows it: methods that are idempotent (RFC 9110, 9.2.2), and what was not sent
 * at all. 429, 502, 503, 504, connections that fail and answers that do not come are reasons; {@code Retry-After} is
 * obeyed; the timeout of the request holds for all attempts together.
 */
public final class Resilient implements Upstream {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final double RESERVE = 10;

    private final Upstream upstream;
    private final Retries retries;
    private final LongSupplier nanos;
    private final DoubleSupplier random;
    private final Pause pause;
    private double budget = RESERVE;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** Returns after a time. */
        void of(Duration time) throws InterruptedException;
    }

    Resilient(Upstream upstream, Retries retries, LongSupplier nanos, DoubleSupplier random, Pause pause) {
        this.upstream = upstream;
        this.retries = retries;
        this.nanos = nanos;
        this.random = random;
        this.pause = pause;
    }

    /**
     * A service that is called again.
     *
     * @param upstream that is called
     * @param retries how often
     * @return one for all calls of the service, because the budget is counted there
     */
    public static Resilient of(Upstream upstream, Retries retries) {
        return new Resilient(
                upstream,
                retries,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                time -> Thread.sleep(time.toMillis()));
    }

    @Override
    public UpstreamAnswer call(UpstreamRequest request) throws IOException {
        long deadline = nanos.getAsLong() + request.timeout().toNanos();
        earn();
        for (int attempt = 1; ; attempt++) {
            Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
            if (left.isNegative() || left.isZero()) {
                throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_TIMEOUT), true, null);
            }
            UpstreamAnswer answer = null;
            UpstreamException failure = null;
            try {
                answer = upstream.call(request.within(left));
            } catch (UpstreamException e) {
                failure = e;
            }
            boolean again = attempt < retries.attempts()
                    && passing(answer, failure)
                    && allowed(request, failure)
                    && waited(answer, attempt, deadline);
            if (!again) {
                if (answer == null) {
                    throw failure == null ? new IOException("the service gave nothing") : failure;
                }
                return answer;
            }
        }
    }

    private static boolean passing(@Nullable UpstreamAnswer answer, @Nullable UpstreamException failure) {
        if (answer != null) {
            int status = answer.status();
            return status == 429 || status == 502 || status == 503 || status == 504;
        }
        UpstreamCode code = failure == null
                ? UpstreamCode.UPSTREAM_INVALID
                : failure.problem().code();
        return code == UpstreamCode.UPSTREAM_UNAVAILABLE || code == UpstreamCode.UPSTREAM_TIMEOUT;
    }

    private static boolean allowed(UpstreamRequest request, @Nullable UpstreamException failure) {
        if (failure != null && !failure.sent()) {
            return true;
        }
        return IDEMPOTENT.contains(request.method()) && !(request.body() instanceof Content.Stream);
    }

    private boolean waited(@Nullable UpstreamAnswer answer, int attempt, long deadline) {
        Duration asked = answer == null ? null : RetryAfter.of(answer);
        double most = Math.min(
                (double) retries.longest().toNanos(), (double) retries.first().toNanos() * Math.pow(2, attempt - 1.0));
        Duration wait = asked != null ? asked : Duration.ofNanos((long) (most * random.getAsDouble()));
        boolean fits = wait.compareTo(retries.longest()) <= 0 && wait.toNanos() < deadline - nanos.getAsLong();
        if (!fits || !spend()) {
            return false;
        }
        try {
            pause.of(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void earn() {
        budget = Math.min(RESERVE, budget + retries.share());
    }

    private synchronized boolean spend() {
        boolean enough = budget >= 1;
        budget -= enough ? 1 : 0;
        return enough;
    }
}
