package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a call is tried again, in the words of the standard: always after a connection failed or broke, for all methods, and
 * after some answers. It is experimental.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-1731/">GEP-1731, HTTPRoute Retries</a>
 */
final class StandardRetries {
    private static final Set<RetryOn> ALWAYS = Set.of(RetryOn.CONNECT_FAILURE, RetryOn.RESET);
    private static final List<Integer> GATEWAY = List.of(502, 503, 504);
    private static final int CONFLICT = 409;

    private StandardRetries() {}

    /** Whether the standard's words mean what a rule means. */
    static boolean canSay(RetryRule rule) {
        return rule.nonIdempotent()
                && rule.on().containsAll(ALWAYS)
                && !rule.on().contains(RetryOn.SERVER_ERROR)
                && rule.statuses().stream().allMatch(status -> status >= 400);
    }

    static Map<String, Object> write(RetryRule rule) {
        Set<Integer> codes = new TreeSet<>(rule.statuses());
        if (rule.on().contains(RetryOn.GATEWAY_ERROR)) {
            codes.addAll(GATEWAY);
        }
        if (rule.on().contains(RetryOn.CONFLICT)) {
            codes.add(CONFLICT);
        }
        return map(
                "codes",
                new ArrayList<>(codes),
                "attempts",
                rule.attempts(),
                "backoff",
                Durations.write(rule.backoff().base()));
    }

    /** The inverse; a time-out of one try stands beside that of the whole. */
    static RetryRule read(Part rule, Part timeouts) {
        Part retry = rule.part("retry");
        Set<Integer> statuses = new TreeSet<>(retry.numbers("codes"));
        Integer attempts = retry.number("attempts");
        Duration base = duration(retry, "backoff");
        Duration perTry = duration(timeouts, "backendRequest");
        if (perTry != null && perTry.isZero()) {
            perTry = null;
        }
        if (attempts == null) {
            retry.problem("does not say how many times, which is up to the implementation");
        }
        retry.end();
        Set<RetryOn> on = EnumSet.copyOf(ALWAYS);
        if (statuses.containsAll(GATEWAY)) {
            on.add(RetryOn.GATEWAY_ERROR);
            GATEWAY.forEach(statuses::remove);
        }
        if (statuses.remove(CONFLICT)) {
            on.add(RetryOn.CONFLICT);
        }
        RetryRule.Backoff backoff =
                base == null ? RetryRule.Backoff.DEFAULT : new RetryRule.Backoff(base, base.multipliedBy(10));
        return new RetryRule(
                attempts == null ? 1 : attempts,
                perTry,
                true,
                on,
                statuses,
                backoff,
                RetryRule.Budget.DEFAULT,
                Origin.unknown());
    }

    private static @Nullable Duration duration(Part part, String name) {
        String text = part.text(name);
        if (text != null && Durations.read(text).isEmpty()) {
            part.problem(name + " is no duration: " + text);
        }
        return text == null ? null : Durations.read(text).orElse(null);
    }
}
