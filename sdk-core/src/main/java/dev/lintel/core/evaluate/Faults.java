package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Reply;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FaultRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Draws the faults that are made on purpose: the delay and the answer each by itself. */
final class Faults {
    private static final String BODY = "fault made on purpose";

    private Faults() {}

    static @Nullable Duration delay(FaultRule fault, Draw draw, @Nullable Trace trace) {
        FaultRule.Delay delay = fault.delay();
        if (delay == null) {
            return null;
        }
        boolean drawn = draw.below(100) < delay.percent();
        if (trace != null) {
            trace.delay(fault, delay, drawn);
        }
        return drawn ? delay.fixed() : null;
    }

    static boolean aborts(FaultRule fault, Draw draw, @Nullable Trace trace) {
        FaultRule.Abort abort = fault.abort();
        if (abort == null) {
            return false;
        }
        boolean drawn = draw.below(100) < abort.percent();
        if (trace != null) {
            trace.abort(fault, abort, drawn);
        }
        return drawn;
    }

    static Reply reply(ApiModel api, @Nullable AccessRule rule, FaultRule fault, @Nullable Duration delay) {
        int status = fault.abort() == null ? 503 : fault.abort().status();
        boolean bare = status == 204 || status == 205 || status == 304;
        return new Reply(api, rule, status, null, bare ? "" : "text/plain", bare ? "" : BODY, true, delay);
    }
}
