package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the traffic rules this dialect does not write. */
final class TrafficRefusals {
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    TrafficRefusals(ApiModel api) {
        this.api = api;
    }

    static Problem egress(EgressRule rule) {
        return new Problem(
                "istio.egress",
                rule.host() + " from " + rule.namespace(),
                "this dialect does not write what may leave",
                "leave it to the embedded gateway's egress proxy",
                rule.origin());
    }

    List<Problem> find() {
        Traffic traffic = api.service().traffic();
        traffic.choices()
                .forEach(choice -> refuse("choice", choice.when() + " to " + choice.version(), choice.origin()));
        traffic.mirrors().forEach(mirror -> refuse("mirror", "a mirror to " + mirror.version(), mirror.origin()));
        if (traffic.fault() != null) {
            refuse("fault", "faults made on purpose", traffic.fault().origin());
        }
        if (traffic.breaker() != null) {
            refuse("breaker", "a breaker", traffic.breaker().origin());
        }
        if (traffic.balance() != null) {
            refuse("balance", "load balancing", traffic.balance().origin());
        }
        if (traffic.health() != null) {
            refuse("health", "health checks", traffic.health().origin());
        }
        if (traffic.elsewhere() != null) {
            refuse("elsewhere", "a service elsewhere", traffic.elsewhere().origin());
        }
        rest();
        return found;
    }

    private void rest() {
        SplitRule split = api.service().split();
        if (split != null && split.sticky() != null && split.sticky().by() == SplitRule.By.CLAIM) {
            refuse("sticky-claim", "a split that is sticky by a claim", split.origin());
        }
        if (!api.entry().headers().more().equals(MoreHeaders.NONE)) {
            refuse("headers", "headers that are added or removed", api.origin());
        }
        api.entry().routes().stream()
                .filter(route -> route.answer() != null)
                .forEach(route -> refuse("answer", "an answer to " + route.match(), route.origin()));
        RetryRule retry = api.service().retry();
        if (retry != null && !plain(retry)) {
            refuse("retry", "conditions, pauses or a budget of retries", retry.origin());
        }
    }

    private static boolean plain(RetryRule retry) {
        return retry.equals(new RetryRule(retry.attempts(), retry.perTry(), retry.nonIdempotent(), retry.origin()));
    }

    private void refuse(String code, String what, @Nullable Origin origin) {
        found.add(new Problem(
                "istio." + code,
                api.id(),
                "this dialect does not write " + what,
                "leave it out for this world, or expose the API by an embedded gateway",
                origin));
    }
}
