package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.AccessRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that an apply changes.
 *
 * @param api of which it says something, for example {@code orders.shop}
 * @param text for people, for example {@code audience orders}
 * @param origin the line that says so
 * @param now how requests are answered once it is in force; null if no request tells
 * @param instead how they might be if it were not, one way or another; empty if no request tells
 * @param at the rule that it is about; null if it is about no rule
 * @param untold why nothing tells, where nothing is found
 */
record Statement(
        String api,
        String text,
        Origin origin,
        @Nullable Instead now,
        List<Instead> instead,
        @Nullable Endpoint at,
        Withheld untold) {
    Statement {
        instead = List.copyOf(instead);
    }

    /** What no request through a gateway tells. */
    static Statement untold(String api, String text, Origin origin, Withheld why) {
        return new Statement(api, text, origin, null, List.of(), null, why);
    }

    /** Whether a probe would be answered otherwise if this were not in force. */
    boolean isShownBy(Probe probe) {
        Instead wanted = now;
        if (wanted == null || !probe.api().equals(api)) {
            return false;
        }
        boolean ruled = at == null || isAt(wanted.decide(probe.decided()));
        for (Instead each : instead) {
            Decision other = each.decide(probe.decided());
            if (probe.tells(other) && (ruled || isAt(other))) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(Decision decision) {
        AccessRule rule = decision.access();
        return rule != null && rule.endpoint().equals(at);
    }

    /** That it is not known whether it is in force. */
    Problem unproven(Withheld why) {
        return new Problem("verify.unproven", api, "not proven: " + text + ": " + why, why.way(), origin);
    }
}
