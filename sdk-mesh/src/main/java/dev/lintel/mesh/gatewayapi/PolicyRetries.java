package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a call is tried again, in the words of a BackendTrafficPolicy, which says the same for all methods.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#retry">Envoy Gateway, Retry</a>
 */
final class PolicyRetries {
    private static final String BY_STATUS = "retriable-status-codes";
    private static final int USUAL = 2;
    private static final Map<RetryOn, List<String>> WORDS = new EnumMap<>(Map.of(
            RetryOn.CONNECT_FAILURE, List.of("connect-failure", "refused-stream"),
            RetryOn.RESET, List.of("reset"),
            RetryOn.GATEWAY_ERROR, List.of("gateway-error"),
            RetryOn.SERVER_ERROR, List.of("5xx"),
            RetryOn.CONFLICT, List.of("retriable-4xx")));

    private PolicyRetries() {}

    /** Whether a rule means the same for methods that may be sent twice and for others. */
    static boolean isForAllMethods(RetryRule rule) {
        return rule.nonIdempotent()
                || rule.statuses().isEmpty() && rule.on().equals(EnumSet.of(RetryOn.CONNECT_FAILURE));
    }

    static @Nullable Map<String, Object> write(@Nullable RetryRule rule) {
        if (rule == null
                || rule.attempts() == 0
                || rule.on().isEmpty() && rule.statuses().isEmpty()) {
            return null;
        }
        List<Object> triggers = new ArrayList<>();
        WORDS.forEach((on, words) -> {
            if (rule.on().contains(on)) {
                triggers.addAll(words);
            }
        });
        if (!rule.statuses().isEmpty()) {
            triggers.add(BY_STATUS);
        }
        return map(
                "numRetries",
                rule.attempts(),
                "perRetry",
                map(
                        "timeout",
                        rule.perTry() == null ? null : Durations.write(rule.perTry()),
                        "backOff",
                        map(
                                "baseInterval",
                                Durations.write(rule.backoff().base()),
                                "maxInterval",
                                Durations.write(rule.backoff().most()))),
                "retryOn",
                map("triggers", triggers, "httpStatusCodes", List.copyOf(rule.statuses())));
    }

    static RetryRule read(Part retry) {
        Integer attempts = retry.number("numRetries");
        Part each = retry.part("perRetry");
        Duration perTry = duration(each, "timeout", null);
        Part backOff = each.part("backOff");
        Duration base = duration(backOff, "baseInterval", RetryRule.Backoff.DEFAULT.base());
        Duration usual = base == null ? RetryRule.Backoff.DEFAULT.most() : base.multipliedBy(10);
        Duration most = duration(backOff, "maxInterval", usual);
        backOff.end();
        each.end();
        Part when = retry.part("retryOn");
        Set<String> triggers = new LinkedHashSet<>(when.texts("triggers"));
        Set<Integer> statuses = new TreeSet<>(when.numbers("httpStatusCodes"));
        when.end();
        if (!triggers.remove(BY_STATUS)) {
            statuses.clear();
        }
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        WORDS.forEach((condition, words) -> {
            if (triggers.containsAll(words)) {
                on.add(condition);
                words.forEach(triggers::remove);
            }
        });
        if (!triggers.isEmpty() || on.isEmpty() && statuses.isEmpty()) {
            when.problem("tries again after what has no words here: " + triggers);
        }
        retry.end();
        boolean unsent = statuses.isEmpty() && on.equals(EnumSet.of(RetryOn.CONNECT_FAILURE));
        return new RetryRule(
                attempts == null ? USUAL : attempts,
                perTry,
                !unsent,
                on,
                statuses,
                new RetryRule.Backoff(
                        base == null ? RetryRule.Backoff.DEFAULT.base() : base, most == null ? usual : most),
                RetryRule.Budget.DEFAULT,
                Origin.unknown());
    }

    private static @Nullable Duration duration(Part part, String name, @Nullable Duration otherwise) {
        String text = part.text(name);
        if (text != null && Durations.read(text).isEmpty()) {
            part.problem(name + " is no duration: " + text);
        }
        return text == null ? otherwise : Durations.read(text).orElse(otherwise);
    }
}
