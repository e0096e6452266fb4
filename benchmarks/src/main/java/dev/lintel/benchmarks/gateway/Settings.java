package dev.lintel.benchmarks.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the run is told on its command line.
 *
 * @param rounds how often each contender is measured
 * @param time how long one measurement takes
 * @param warmUp how long each contender is warmed up
 * @param only the contenders that take part; empty means all
 * @param peers the folder of the built peers
 * @param tokens how many tokens take turns
 */
record Settings(int rounds, Duration time, Duration warmUp, Set<String> only, Path peers, int tokens) {
    static final String USAGE = "usage: [--rounds 5] [--seconds 10] [--warm-up 20] [--only nginx,lintel,…]"
            + " [--peers benchmarks/peers] [--tokens 1]";

    static Settings parse(String... args) {
        int rounds = 5;
        int seconds = 10;
        int warmUp = 20;
        Set<String> only = new LinkedHashSet<>();
        Path peers = Path.of("benchmarks", "peers");
        int tokens = 1;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("'" + args[i] + "' needs a value; " + USAGE);
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--rounds" -> rounds = number(args[i], value);
                case "--seconds" -> seconds = number(args[i], value);
                case "--warm-up" -> warmUp = number(args[i], value);
                case "--only" -> only.addAll(List.of(value.split(",")));
                case "--peers" -> peers = Path.of(value);
                case "--tokens" -> tokens = number(args[i], value);
                default -> throw new IllegalArgumentException("'" + args[i] + "' is not known; " + USAGE);
            }
        }
        return new Settings(rounds, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), only, peers, tokens);
    }

    boolean includes(String contender) {
        return only.isEmpty() || only.contains(contender);
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    "'" + option + "' must be a number from 1 to 99999, but is '" + value + "'; " + USAGE);
        }
        return Integer.parseInt(value);
    }
}
