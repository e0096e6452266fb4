package dev.lintel.testbed.parity;

import dev.lintel.core.plan.Plan;
import dev.lintel.testbed.plane.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param ways the same four by their names, for calls that leave
 */
record Worlds(
        Plane plane,
        Plan plan,
        Asked evaluator,
        Asked embedded,
        Asked mesh,
        Asked reader,
        Map<String, Exit.World> ways) {
    static final String MESH = "mesh";
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

    /** The same for calls that leave. */
    void awaitExits(List<Exit> exits) {
        await(exits, exit -> way(MESH).leaves(exit).equals(exit.mesh()));
    }

    private Exit.World way(String world) {
        return Objects.requireNonNull(ways.get(world), world);
    }

    /** The same for requests of which no case says anything. */
    void awaitMesh(List<Ask> asks, Asked likeMesh) {
        await(asks, ask -> silent(mesh).answer(ask).equals(silent(likeMesh).answer(ask)));
    }

    private <T> void await(List<T> asks, Predicate<T> holds) {
        List<T> left = new ArrayList<>(asks);
        int[] rounds = {0};
        plane.await("the definitions at the proxies", () -> {
            left.removeIf(holds);
            return left.isEmpty() || ++rounds[0] > ROUNDS;
        });
    }

    /** How some world answers otherwise than the case says; empty if none does. */
    List<String> differences(Ask ask) {
        List<String> found = named(ask, ask.code(), ask.api(), ask.mesh().equals(ask.expect()));
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

    /** How some world lets a call out otherwise than the case says; empty if none does. */
    List<String> differences(Exit exit) {
        List<String> found = named(exit, exit.code(), "", exit.mesh().equals(exit.expect()));
        ways.forEach((name, world) -> {
            String answer = world.leaves(exit);
            String expected = name.equals(MESH) ? exit.mesh() : exit.expect();
            if (!answer.equals(expected)) {
                found.add(exit + " is " + answer + " by the " + name + " and not " + expected);
            }
        });
        return found;
    }

    /** What is wrong with the deviation that a case names: it must be there, and be listed for its API if there is one. */
    private List<String> named(Object of, String code, String api, boolean equal) {
        List<String> found = new ArrayList<>();
        if (code.isEmpty()) {
            if (!equal) {
                found.add(of + " differs in the mesh and names no deviation");
            }
            return found;
        }
        if (equal) {
            found.add(of + " names " + code + " and shows nothing of it");
        }
        if (plan.deviations().stream()
                .noneMatch(one -> one.code().equals(code)
                        && (api.isEmpty()
                                || one.subjects().isEmpty()
                                || one.subjects().contains(api)))) {
            found.add(of + " names " + code + ", which the plan does not list for it");
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
