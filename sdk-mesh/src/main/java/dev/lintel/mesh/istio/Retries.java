package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.RetryRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Envoy is told about trying again. It is always said, because Istio tries twice more where nothing is said.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router,
 *     x-envoy-retry-on</a>
 */
final class Retries {
    /** Methods that may be sent twice (RFC 9110, 9.2.2). */
    static final MethodSet IDEMPOTENT =
            new MethodSet(false, new TreeSet<>(List.of("DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE")));

    /** Failures before anything was sent. */
    static final String UNSENT = "connect-failure,refused-stream";
    /** Failures of all sorts: also resets before the answer, and 502, 503 and 504. */
    static final String ALL = "connect-failure,refused-stream,reset,gateway-error";

    private Retries() {}

    /**
     * What is said for some methods.
     *
     * @param methods which
     * @param policy the {@code retries} of their route
     */
    record Share(MethodSet methods, Map<String, Object> policy) {}

    /** Takes methods apart into those that may be sent twice and the others, where that makes a difference. */
    static List<Share> of(@Nullable RetryRule rule, MethodSet methods) {
        if (rule == null || rule.attempts() == 0) {
            return List.of(new Share(methods, map("attempts", 0)));
        }
        if (rule.nonIdempotent()) {
            return List.of(new Share(methods, policy(rule, ALL)));
        }
        MethodSet twice = methods.intersect(IDEMPOTENT);
        Share first = new Share(twice, policy(rule, ALL));
        // The first share has taken its methods already, so the second need not leave them out.
        Share second = new Share(methods.isAll() ? methods : methods.minus(IDEMPOTENT), policy(rule, UNSENT));
        return List.of(first, second).stream()
                .filter(share -> !share.methods().isEmpty())
                .toList();
    }

    private static Map<String, Object> policy(RetryRule rule, String on) {
        return map(
                "attempts",
                rule.attempts(),
                "perTryTimeout",
                rule.perTry() == null ? null : seconds(rule.perTry()),
                "retryOn",
                on);
    }

    /** A duration as Kubernetes people write it. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }
}
