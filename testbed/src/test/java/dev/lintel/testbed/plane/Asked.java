package dev.lintel.testbed.plane;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request that is asked again and again through the data plane, with what models say to it.
 *
 * @param name for people
 * @param from who sends it
 * @param call as it is sent
 * @param value as evaluators take it
 * @param versions of the workloads of its service, where no version is chosen
 */
record Asked(String name, Caller from, Call call, RequestValue value, List<String> versions) {
    static final String REFUSED = "refused";

    private static final int DRAWS = 100;

    /** All answers that a model may give. */
    Set<String> answers(Evaluator evaluator) {
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < DRAWS; i++) {
            int drawn = i;
            Decision decision = evaluator.decide(value, bound -> drawn % bound);
            if (!(decision instanceof Decision.Forward forward)) {
                all.add(REFUSED);
            } else if (forward.version() == null) {
                all.addAll(versions);
            } else {
                all.add(forward.version());
            }
        }
        return all;
    }

    /** What was answered, in the same words: with which status something is refused is no matter of changes. */
    static String answer(Reply reply) {
        return switch (reply.status()) {
            case 200 -> reply.text("/version");
            case 400, 401, 403, 404 -> REFUSED;
            default -> "failed " + reply.status() + " " + (reply.error().isEmpty() ? reply.body() : reply.error());
        };
    }
}
