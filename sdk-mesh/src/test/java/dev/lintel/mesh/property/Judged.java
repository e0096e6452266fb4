package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.steps.Gap.Effect;
import dev.lintel.mesh.steps.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the evaluator says about every moment of a way. Of what a reader does not understand it says that it is refused, so
 * that only moments which it understands as a whole can show that something is broken.
 *
 * @param moments how many were judged
 * @param unread moments of which the reader does not understand something, with its words
 * @param opened requests that both sides refuse, and some moment that was understood as a whole lets through
 * @param guessed the same of other moments
 * @param broken requests that both sides let through, and some moment refuses, or leads where neither does
 */
record Judged(int moments, List<String> unread, List<String> opened, List<String> guessed, List<Told> broken) {
    private static final Pattern AS_IT_CAME =
            Pattern.compile("to the service as it came|to \\S+ any workload (\\S+) as \\1 copied to \\[\\] after null");

    static Judged of(
            World world, long seed, List<Manifest> before, List<Manifest> after, List<Step> steps, int requests) {
        Read old = world.dialect().read(before);
        Read wanted = world.dialect().read(after);
        Questions from = world.questions().of(seed, old.model(), old.model());
        Questions to = world.questions().of(seed + 1, wanted.model(), wanted.model());
        Set<Object> asked = new LinkedHashSet<>();
        for (int i = 0; i < requests; i++) {
            if (hasSome(old)) {
                asked.add(from.next());
            }
            if (hasSome(wanted)) {
                asked.add(to.next());
            }
        }
        asked.removeIf(question -> from.isListed(question) || to.isListed(question));
        List<String> unread = new ArrayList<>();
        List<String> opened = new ArrayList<>();
        List<String> guessed = new ArrayList<>();
        List<Told> broken = new ArrayList<>();
        List<Moment> moments = Moments.of(before, steps).stream()
                .filter(moment -> moment.whole() || !isSlow(world))
                .toList();
        for (Moment moment : moments) {
            Read read = world.dialect().read(moment.objects());
            read.problems().stream()
                    .limit(1)
                    .forEach(problem -> unread.add(moment.label() + ": " + problem.path() + " " + problem.message()));
            Questions now = world.questions().of(seed, read.model(), read.model());
            boolean clean = read.problems().isEmpty();
            int luck = 0;
            for (Object question : asked) {
                luck++;
                String was = answer(old, from, question, luck);
                String will = answer(wanted, to, question, luck);
                String is = answer(read, now, question, luck);
                String told = "%s%n    %s%n    was: %s%n    will be: %s%n    is: %s"
                        .formatted(moment.label(), question, was, will, is);
                boolean both = !isRefused(was) && !isRefused(will);
                if (isRefused(was) && isRefused(will) && !isRefused(is)) {
                    (clean ? opened : guessed).add(told);
                } else if (clean && both && isRefused(is)) {
                    broken.add(Told.of(Effect.REFUSED, question, told));
                } else if (clean && both && !isSame(is, was) && !isSame(is, will)) {
                    broken.add(Told.of(Effect.ELSEWHERE, question, told));
                }
            }
        }
        return new Judged(moments.size(), unread, opened, guessed, broken);
    }

    /** Reading what is half done there takes seconds each time; it is watched without the reader. */
    static boolean isSlow(World world) {
        return world.name().endsWith("envoy-gateway");
    }

    private static boolean hasSome(Read read) {
        return !read.model().apis().isEmpty() || !read.model().egress().isEmpty();
    }

    /**
     * What some objects do with a question. A call inside the mesh to a service of which no object tells, not even its
     * namespace's boundary, gets there as it came; no model says so, since it tells of what it knows. Where something is not
     * understood, it may be just this.
     */
    private static String answer(Read read, Questions model, Object question, long luck) {
        String said = model.meant(question, luck);
        return isRefused(said) && read.problems().isEmpty() && isUnnamed(read.model(), question)
                ? "to the service as it came"
                : said;
    }

    private static boolean isUnnamed(MeshModel model, Object question) {
        return question instanceof RequestValue request
                && request.via() == Via.MESH
                && model.apis().stream()
                        .map(api -> api.service().name() + "." + api.namespace())
                        .noneMatch(name -> name.equals(service(request.host())))
                && model.isolations().stream()
                        .noneMatch(each -> service(request.host()).endsWith("." + each.namespace()));
    }

    /** The service and its namespace, of any of the names by which it is called inside. */
    private static String service(String host) {
        return Stream.of(host.split("\\.")).limit(2).collect(Collectors.joining("."));
    }

    /** Whether two answers are one: any workload of a service, and nothing else done, is how the service is reached by itself. */
    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || AS_IT_CAME.matcher(one).matches()
                        && AS_IT_CAME.matcher(other).matches();
    }

    private static boolean isRefused(String answer) {
        return !answer.startsWith("to ")
                && !answer.startsWith("answered ")
                && !answer.equals("OPEN")
                && !answer.equals("LISTED");
    }
}
