package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Explanation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request.
 *
 * @param request in one line
 * @param outcome one word
 * @param decision for people, in one line
 * @param status null where the request goes on
 * @param reason null where nothing refuses it
 * @param steps that led to it
 */
record Answer(
        String request,
        String outcome,
        String decision,
        @Nullable Integer status,
        @Nullable String reason,
        List<Explanation.Step> steps) {
    private static final String REFUSE = "refuse";

    Answer {
        steps = List.copyOf(steps);
    }

    static Answer of(Explanation explanation) {
        Decision decision = explanation.decision();
        Integer status = decision instanceof Decision.Refuse refuse
                ? Integer.valueOf(refuse.status())
                : decision instanceof Decision.Reply reply ? Integer.valueOf(reply.status()) : null;
        return new Answer(
                explanation.request(),
                decision.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                decision.toString(),
                status,
                decision instanceof Decision.Refuse refuse ? refuse.reason().name() : null,
                explanation.steps());
    }

    /** How a call that leaves is refused is each world's own, so that there is no status. */
    static Answer of(EgressDecision call) {
        String whole = call.render();
        return new Answer(
                whole.lines().findFirst().orElse(""),
                call.isAllowed() ? "leave" : REFUSE,
                call.toString(),
                null,
                call.isAllowed() ? null : call.reason().name(),
                List.of());
    }

    /** By which two are compared: worlds refuse with statuses and reasons of their own. */
    String compared() {
        return outcome.equals(REFUSE) ? REFUSE : decision;
    }

    void into(ObjectNode tree, boolean certain) {
        tree.put("request", request).put("certain", certain).put("outcome", certain ? outcome : "uncertain");
        if (status != null) {
            tree.put("status", status);
        }
        if (reason != null) {
            tree.put("reason", reason);
        }
        tree.put("decision", decision);
        tree.set(
                "steps",
                Json.list(
                        steps,
                        step -> Json.at(
                                Json.object().put("stage", step.stage()).put("text", Json.clipped(step.text())),
                                step.origin())));
    }
}
