package dev.lintel.testbed.parity;

import dev.lintel.core.plan.Plan;
import dev.lintel.testbed.plane.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Four worlds for the same definitions.
 *
 * @param plane where the mesh is
 * @param plan what the mesh was told
 * @param evaluator the meaning
 * @param embedded the gateway of this JVM
 * @param mesh real Envoys
 * @param reader what the objects in the cluster mean
 */
record Worlds(Plane plane, Plan plan, Asked evaluator, Asked embedded, Asked mesh, Asked reader) {
    private static final int ROUNDS = 200;

    /**
     * Waits until the mesh has answered every request as it should, once: whoever comes next asks a mesh in which all is in
     * force. Gives up where nothing changes any more, so that whatever is wrong is told by {@link #differences}.
     */
    void awaitMesh(List<Ask> asks) {
        List<Ask> left = new ArrayList<>(asks);
        int[] rounds = {0};
        plane.await("the definitions at the proxies", () -> {
            left.removeIf(ask -> !ask.shares().isEmpty() || mesh.answer(ask).equals(ask.mesh()));
            return left.isEmpty() || ++rounds[0] > ROUNDS;
        });
    }

    /** How some world answers otherwise than the case says; empty if none does. */
    List<String> differences(Ask ask) {
        List<String> found = new ArrayList<>();
        if (!ask.code().isEmpty()) {
            if (ask.mesh().equals(ask.expect())) {
                found.add(ask + " names " + ask.code() + " and shows nothing of it");
            }
            if (plan.deviations().stream()
                    .noneMatch(one -> one.code().equals(ask.code())
                            && (one.subjects().isEmpty() || one.subjects().contains(ask.api())))) {
                found.add(ask + " names " + ask.code() + ", which the plan does not list for it");
            }
        } else if (!ask.mesh().equals(ask.expect())) {
            found.add(ask + " differs in the mesh and names no deviation");
        }
        compare(ask, "evaluator", evaluator, ask.expect(), found);
        compare(ask, "embedded gateway", embedded, ask.expect(), found);
        compare(ask, "mesh", mesh, ask.mesh(), found);
        compare(ask, "reader", reader, Answers.withoutChallenge(ask.reader()), found);
        return found;
    }

    private static void compare(Ask ask, String name, Asked world, String expected, List<String> found) {
        if (ask.shares().isEmpty()) {
            String answer = world.answer(ask);
            if (!answer.equals(expected)) {
                found.add(ask + " is answered by the " + name + " with\n    " + answer + " and not\n    " + expected);
            }
            return;
        }
        List<String> answers =
                IntStream.range(0, ask.count()).mapToObj(i -> world.answer(ask)).toList();
        String misfit = Answers.misfit(Answers.counted(answers), ask.shares(), ask.count());
        if (!misfit.isEmpty()) {
            found.add(ask + " is answered by the " + name + " with " + misfit);
        }
    }
}
