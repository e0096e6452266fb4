package dev.lintel.testbed.parity;

import dev.lintel.core.plan.Plan;
import dev.lintel.testbed.plane.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
    private static final int ROUNDS = 300;
    private static final Map<String, String> STATUSES = Map.of(
            "401 bearer as 403", "istio.no-token",
            "401 invalid_token as 403", "istio.wrong-audience",
            "403 insufficient_scope as 403", "istio.no-challenge",
            "404 as 403", "istio.unlisted-path");

    /**
     * Waits until the mesh has answered every request as it should, once: whoever comes next asks a mesh in which all is in
     * force. Gives up where nothing changes any more, so that whatever is wrong is told by {@link #differences}.
     */
    void awaitMesh(List<Ask> asks) {
        await(asks, ask -> !ask.shares().isEmpty() || mesh.answer(ask).equals(ask.mesh()));
    }

    /** The same for requests of which no case says anything. */
    void awaitMesh(List<Ask> asks, Asked likeMesh) {
        await(asks, ask -> silent(mesh).answer(ask).equals(silent(likeMesh).answer(ask)));
    }

    private void await(List<Ask> asks, Predicate<Ask> holds) {
        List<Ask> left = new ArrayList<>(asks);
        int[] rounds = {0};
        plane.await("the definitions at the proxies", () -> {
            left.removeIf(holds);
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
        compare(ask, "reader", silent(reader), Answers.withoutChallenge(ask.reader()), found);
        return found;
    }

    /**
     * How some world answers a request otherwise than the evaluator, which said what is expected; empty if none does.
     *
     * @param likeMesh an evaluator with the statuses of a mesh
     */
    List<String> differences(Ask ask, Asked likeMesh) {
        String meant = ask.expect();
        String there = Answers.withoutChallenge(likeMesh.answer(ask));
        List<String> found = new ArrayList<>();
        compare(ask, "embedded gateway", embedded, meant, found);
        compare(ask, "mesh", silent(mesh), there, found);
        compare(ask, "reader", silent(reader), there, found);
        String code = STATUSES.getOrDefault(meant + " as " + there, "");
        if (!Answers.withoutChallenge(meant).equals(there) && !lists(code, ask)) {
            found.add(ask + " is " + meant + " but " + there + " in the mesh, and the plan does not say so");
        }
        return found;
    }

    private boolean lists(String code, Ask ask) {
        return plan.deviations().stream()
                .anyMatch(one -> one.code().equals(code)
                        && (one.subjects().isEmpty() || one.subjects().contains(ask.api())));
    }

    private static Asked silent(Asked world) {
        return ask -> Answers.withoutChallenge(world.answer(ask));
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
        String misfit =
                Answers.misfit(Answers.counted(answers, ask.shares().containsKey("any")), ask.shares(), ask.count());
        if (!misfit.isEmpty()) {
            found.add(ask + " is answered by the " + name + " with " + misfit);
        }
    }
}
