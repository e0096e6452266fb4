package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.model.FaultRule;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the {@code fault} of a route.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection">Istio,
 *     HTTPFaultInjection</a>
 */
final class Faults {
    private Faults() {}

    static @Nullable Map<String, Object> write(@Nullable FaultRule rule) {
        if (rule == null) {
            return null;
        }
        FaultRule.Delay delay = rule.delay();
        FaultRule.Abort abort = rule.abort();
        return map(
                "delay",
                delay == null
                        ? null
                        : map("fixedDelay", Retries.seconds(delay.fixed()), "percentage", share(delay.percent())),
                "abort",
                abort == null ? null : map("httpStatus", abort.status(), "percentage", share(abort.percent())));
    }

    /** Of how many calls. */
    static Map<String, Object> share(int percent) {
        return map("value", percent);
    }

    static @Nullable FaultRule read(Fields fault) {
        FaultRule.Delay delay = fault.has("delay") ? delay(fault.map("delay")) : null;
        FaultRule.Abort abort = fault.has("abort") ? abort(fault.map("abort")) : null;
        fault.end();
        return delay == null && abort == null ? null : new FaultRule(delay, abort, Origin.unknown());
    }

    private static FaultRule.@Nullable Delay delay(Fields delay) {
        Duration fixed = delay.seconds("fixedDelay");
        int percent = percent(delay);
        delay.end();
        if (fixed == null) {
            delay.problem("is no fixed delay");
            return null;
        }
        return new FaultRule.Delay(fixed, percent);
    }

    private static FaultRule.Abort abort(Fields abort) {
        FaultRule.Abort read = new FaultRule.Abort(abort.number("httpStatus", 0), percent(abort));
        abort.end();
        return read;
    }

    /** A share in whole percent; all where nothing is said. */
    static int percent(Fields fields) {
        if (!fields.has("percentage")) {
            return 100;
        }
        Fields percentage = fields.map("percentage");
        int value = percentage.number("value", 0);
        percentage.end();
        if (value < 1 || value > 100) {
            percentage.problem("is no share of 1 to 100 percent");
            return 100;
        }
        return value;
    }
}
