package dev.lintel.benchmarks.mesh;

import dev.lintel.testbed.Cluster;
import dev.lintel.testbed.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Many APIs applied to a real apiserver with istiod's webhook, by {@link ClusterOnce} and by kubectl: the same objects on the
 * same cluster, one after the other, in another order each round. All times are those of whole processes.
 */
public final class ClusterFigures {
    private final Map<String, List<Double>> figures = new TreeMap<>();
    private final Programs programs;
    private final ClusterSettings settings;

    private ClusterFigures(Programs programs, ClusterSettings settings) {
        this.programs = programs;
        this.settings = settings;
    }

    /**
     * Runs it.
     *
     * @param arguments {@code --rounds N}, {@code --kubectl-up-to N}, and how many APIs, several times
     * @throws Exception if a program does not end well
     */
    public static void main(String[] arguments) throws Exception {
        Programs programs =
                Programs.find().orElseThrow(() -> new IllegalStateException("there is no Go to build a cluster with"));
        ClusterFigures all = new ClusterFigures(programs, ClusterSettings.of(arguments));
        for (int round = 0; round < all.settings.rounds(); round++) {
            for (int size : all.settings.sizes()) {
                all.measure(round, size);
            }
        }
        all.compareSizes();
        say("| figure | minimum – **median** – maximum |%n|---|---|");
        all.figures.forEach(ClusterFigures::print);
    }

    private void measure(int round, int apis) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lintel-cluster-figures");
        try (Cluster cluster = Cluster.start(programs)) {
            Contest contest = new Contest(cluster, programs, apis, folder);
            say("round %d, %d APIs, %d objects", round + 1, apis, contest.prepare());
            boolean compared = apis <= settings.kubectlUpTo();
            List<Runnable> turns = new ArrayList<>();
            turns.add(() -> contest.ours(this::note));
            if (compared) {
                turns.add(round % 2, () -> contest.kubectl(this::note));
            }
            turns.forEach(turn -> {
                turn.run();
                contest.wipe();
            });
        } finally {
            delete(folder);
        }
        String at = Contest.name(apis, "");
        for (String what : List.of("apply", "plan, all new", "plan, unchanged")) {
            ratio(at + "ratio of kubectl to lintel, " + what, at + "kubectl " + what, at + "lintel " + what + ", s");
        }
        for (String what : List.of("apply", "plan, all new")) {
            String floor = at + "lintel " + what + Contest.FLOOR;
            ratio(at + "the same with a client that costs nothing, " + what, at + "kubectl " + what, floor);
        }
    }

    /** Of the round that was measured last, where both have been. */
    private void ratio(String name, String theirs, String ours) {
        List<Double> some = figures.get(theirs + ", s");
        List<Double> others = figures.get(ours);
        if (some != null && others != null && some.size() == others.size()) {
            note(name, some.get(some.size() - 1) / others.get(others.size() - 1));
        }
    }

    /** How much longer it takes for an API if there are more of them: 1 is linear. */
    private void compareSizes() {
        List<Integer> sizes = settings.sizes();
        for (int i = 1; i < sizes.size(); i++) {
            for (String what : List.of("apply", "plan, all new", "plan, unchanged")) {
                List<Double> few = figures.get(Contest.name(sizes.get(0), "lintel " + what + ", s"));
                List<Double> many = figures.get(Contest.name(sizes.get(i), "lintel " + what + ", s"));
                if (few != null && many != null) {
                    note(
                            Contest.name(sizes.get(i), "time for an API to that with " + sizes.get(0) + ", " + what),
                            median(many) / median(few) * sizes.get(0) / sizes.get(i));
                }
            }
        }
    }

    private void note(String name, double figure) {
        say("%-66s %10.2f", name, figure);
        figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static void print(String name, List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        say("| %s | %.2f – **%.2f** – %.2f |", name, sorted.get(0), median(all), sorted.get(sorted.size() - 1));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
