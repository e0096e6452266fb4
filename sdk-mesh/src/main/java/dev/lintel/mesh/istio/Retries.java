package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final Map<RetryOn, String> WORDS = new EnumMap<>(Map.of(
            RetryOn.CONNECT_FAILURE, "connect-failure,refused-stream",
            RetryOn.RESET, "reset",
            RetryOn.GATEWAY_ERROR, "gateway-error",
            RetryOn.SERVER_ERROR, "5xx",
            RetryOn.CONFLICT, "retriable-4xx"));

    /** Conditions under which nothing has been sent yet. */
    private static final String UNSENT = on(EnumSet.of(RetryOn.CONNECT_FAILURE), Set.of());

    private Retries() {}

    /**
     * What is said for some methods.
     *
     * @param methods which
     * @param policy the {@code retries} of their route
     */
    record Share(MethodSet methods, Map<String, Object> policy) {}

    /**
     * After what a call is tried again.
     *
     * @param on conditions
     * @param statuses answers
     */
    record Conditions(Set<RetryOn> on, Set<Integer> statuses) {}

    /** Takes methods apart into those that may be sent twice and the others, where that makes a difference. */
    static List<Share> of(Service service, MethodSet methods) {
        HttpRule.Retry twice =
                meant(service.retry(), "GET", isHashed(service.traffic().balance()));
        HttpRule.Retry once =
                meant(service.retry(), "POST", isHashed(service.traffic().balance()));
        if (twice.equals(once)) {
            return List.of(new Share(methods, policy(twice)));
        }
        Share first = new Share(methods.intersect(IDEMPOTENT), policy(twice));
        // The first share has taken its methods already, so the second need not leave them out.
        Share second = new Share(methods.isAll() ? methods : methods.minus(IDEMPOTENT), policy(once));
        return List.of(first, second).stream()
                .filter(share -> !share.methods().isEmpty())
                .toList();
    }

    /** What has to be said for a method; a method that may not be sent twice is tried again only if nothing was sent. */
    static HttpRule.Retry meant(@Nullable RetryRule rule, String method, boolean hashed) {
        if (rule == null || rule.attempts() == 0) {
            return HttpRule.Retry.NEVER;
        }
        boolean all = rule.nonIdempotent() || IDEMPOTENT.contains(method);
        boolean unsent =
                rule.on().contains(RetryOn.CONNECT_FAILURE) || rule.on().contains(RetryOn.SERVER_ERROR);
        String on = all ? on(rule.on(), rule.statuses()) : unsent ? UNSENT : "";
        if (on.isEmpty()) {
            return HttpRule.Retry.NEVER;
        }
        Duration base = rule.backoff().base();
        return new HttpRule.Retry(rule.attempts(), rule.perTry(), on, base, hashed);
    }

    /** Where hashing picks the workload, Istio tries the same one again unless it is told otherwise. */
    static boolean isHashed(@Nullable BalanceRule balance) {
        return balance != null && balance.algorithm() == BalanceRule.Algorithm.CONSISTENT_HASH;
    }

    private static Map<String, Object> policy(HttpRule.Retry retry) {
        boolean usual = retry.backoff().equals(RetryRule.Backoff.DEFAULT.base());
        return map(
                "attempts",
                retry.attempts(),
                "perTryTimeout",
                retry.perTry() == null ? null : seconds(retry.perTry()),
                "retryOn",
                retry.on().isEmpty() ? null : retry.on(),
                // The field is younger than the others; its default is the usual pause.
                "backoff",
                usual ? null : seconds(retry.backoff()),
                "retryIgnorePreviousHosts",
                retry.elsewhere() ? true : null);
    }

    /** Conditions in their order, then answers. */
    private static String on(Set<RetryOn> on, Set<Integer> statuses) {
        List<String> words = new ArrayList<>();
        WORDS.forEach((condition, word) -> {
            if (on.contains(condition)) {
                words.add(word);
            }
        });
        statuses.forEach(status -> words.add(String.valueOf(status)));
        return String.join(",", words);
    }

    /** The inverse of what is written for methods that may be sent twice. */
    static Optional<Conditions> readOn(String text) {
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        Set<Integer> statuses = new TreeSet<>();
        List<String> words = new ArrayList<>(Arrays.asList(text.split(",", -1)));
        WORDS.forEach((condition, word) -> {
            if (words.containsAll(List.of(word.split(",", -1)))) {
                on.add(condition);
            }
        });
        words.stream()
                .filter(word -> word.matches("[1-5][0-9]{2}"))
                .forEach(word -> statuses.add(Integer.valueOf(word)));
        return on(on, statuses).equals(text) ? Optional.of(new Conditions(on, statuses)) : Optional.empty();
    }

    /** A duration as Kubernetes people write it. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }
}
