package dev.lintel.benchmarks.mesh;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured on a cluster.
 *
 * @param rounds how often
 * @param kubectlUpTo kubectl is left out where there are more APIs
 * @param sizes so many APIs
 */
record ClusterSettings(int rounds, int kubectlUpTo, List<Integer> sizes) {
    static ClusterSettings of(String[] arguments) {
        int rounds = 1;
        int upTo = 1_000;
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--kubectl-up-to" -> upTo = Integer.parseInt(arguments[++i]);
                default -> sizes.add(Integer.parseInt(arguments[i]));
            }
        }
        return new ClusterSettings(rounds, upTo, sizes.isEmpty() ? List.of(100, 1_000) : List.copyOf(sizes));
    }
}
