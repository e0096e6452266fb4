package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which retries cannot be said, each with the nearest that can: nothing is sent twice that may not be. */
final class RetryRefusals {
    private final GatewayApiDialect dialect;
    private final ApiModel api;
    private final RetryRule rule;
    private final List<Problem> found = new ArrayList<>();

    private RetryRefusals(GatewayApiDialect dialect, ApiModel api, RetryRule rule) {
        this.dialect = dialect;
        this.api = api;
        this.rule = rule;
    }

    static List<Problem> of(GatewayApiDialect dialect, ApiModel api) {
        RetryRule rule = api.service().retry();
        if (rule == null || dialect.extension() == Extension.ISTIO) {
            return List.of();
        }
        RetryRefusals refusals = new RetryRefusals(dialect, api, rule);
        refusals.find();
        return refusals.found;
    }

    private void find() {
        if (dialect.extension() == Extension.ENVOY_GATEWAY) {
            if (!PolicyRetries.isForAllMethods(rule)) {
                refuse(
                        "retry-methods",
                        "tries calls of all methods again, also those that must not be sent twice",
                        "say nonIdempotent() if they may be, or only CONNECT_FAILURE; or use Istio's own dialect");
            }
        } else if (dialect.supports(Features.RETRY)) {
            standard();
        }
        if (!rule.budget().equals(RetryRule.Budget.DEFAULT)) {
            refuse("retry-budget", "limits retries by no share of the calls", "leave the budget out");
        }
        Duration perTry = rule.perTry();
        boolean writable = Stream.of(
                        rule.backoff().base(), rule.backoff().most(), perTry == null ? Duration.ofSeconds(1) : perTry)
                .allMatch(Durations::isWritable);
        if (!writable) {
            refuse("duration", "counts in milliseconds, but a pause or a try is shorter", "say whole milliseconds");
        }
    }

    private void standard() {
        if (!StandardRetries.canSay(rule)) {
            refuse(
                    "retry-conditions",
                    "tries calls of all methods again whenever a connection fails or breaks, and after answers of 400 to"
                            + " 599 that are listed",
                    "say nonIdempotent(), CONNECT_FAILURE and RESET, and the answers one by one; or name an extension");
        }
        if (rule.perTry() != null && !dialect.supports(Features.TRY_TIMEOUT)) {
            refuse(
                    "feature",
                    "limits one try only where the implementation supports " + Features.TRY_TIMEOUT,
                    "leave it out, or name what is supported: supportedFeatures(…)");
        }
        Duration usual = rule.backoff().base().multipliedBy(10);
        if (!rule.backoff().most().equals(usual)) {
            refuse("retry-pause", "has no longest pause between two tries", "leave the longest pause out");
        }
    }

    private void refuse(String code, String what, String hint) {
        found.add(new Problem(
                "gateway-api." + code, api.id(), dialect.extension().words() + " " + what, hint, rule.origin()));
    }
}
