package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes faults on purpose: holds some calls up, and answers some in place of the service. Each is drawn by itself, so that
 * a call may be held up and answered. A service policy: it governs calls from inside as well.
 *
 * @param delay what holds calls up; null for nothing
 * @param abort what answers in place of the service; null for nothing
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection">Istio,
 *     HTTPFaultInjection</a>
 */
public record Fault(@Nullable Delay delay, @Nullable Abort abort) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.fault/v1";

    /** Checks that there is a fault. */
    public Fault {
        if (delay == null && abort == null) {
            throw new IllegalArgumentException("a fault is a delay, an abort, or both");
        }
    }

    /**
     * What holds calls up.
     *
     * @param fixed for how long, a millisecond to a day
     * @param percent of how many calls, 1 to 100
     */
    public record Delay(Duration fixed, int percent) {
        /** Checks time and share. */
        public Delay {
            Timeout.check("the delay of a fault", fixed);
            share("a delay", percent);
        }
    }

    /**
     * What answers in place of the service.
     *
     * @param status 200 to 599
     * @param percent of how many calls, 1 to 100
     */
    public record Abort(int status, int percent) {
        /** Checks status and share. */
        public Abort {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("a fault answers with 200 to 599, but was given " + status);
            }
            share("an abort", percent);
        }
    }

    private static void share(String what, int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException(
                    what + " is for 1 to 100 percent of the calls, but was given " + percent);
        }
    }

    /**
     * Holds calls up.
     *
     * @param fixed for how long, a millisecond to a day
     * @param percent of how many calls, 1 to 100
     * @return the policy
     */
    public static Fault delay(Duration fixed, int percent) {
        return new Fault(new Delay(fixed, percent), null);
    }

    /**
     * Answers calls in place of the service, and holds none up.
     *
     * @param status 200 to 599
     * @param percent of how many calls, 1 to 100
     * @return the policy
     */
    public static Fault abortOnly(int status, int percent) {
        return new Fault(null, new Abort(status, percent));
    }

    /**
     * The same, also answering calls in place of the service.
     *
     * @param status 200 to 599
     * @param percent of how many calls, 1 to 100
     * @return a new policy
     */
    public Fault abort(int status, int percent) {
        return new Fault(delay, new Abort(status, percent));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
