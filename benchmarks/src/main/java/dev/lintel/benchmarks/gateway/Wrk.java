package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator: wrk with one thread and 64 connections, each with one request in flight. */
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private Wrk() {}

    /** Asks with the same headers each time. */
    static Load run(Children children, int port, Map<String, String> headers, Duration time)
            throws IOException, InterruptedException {
        return run(children, port, headers, time, Optional.empty());
    }

    /** Asks with the same headers each time, and with what a script says (wrk's own, in Lua). */
    static Load run(Children children, int port, Map<String, String> headers, Duration time, Optional<Path> script)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c64", "-d" + time.toSeconds() + "s", "--latency", "--timeout", "10s"));
        headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        script.ifPresent(file -> command.addAll(List.of("-s", file.toString())));
        command.add("http://127.0.0.1:" + port + Upstream.PATH);
        return parse(children.output(command));
    }

    static String version() throws IOException, InterruptedException {
        // wrk -v prints its version and its usage, and ends with 1.
        Process process =
                new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().findFirst().orElse("wrk").replaceAll(" \\[.*", "");
    }

    static Load parse(String output) {
        long failed = number(REFUSED, output, 0);
        Matcher broken = BROKEN.matcher(output);
        if (broken.find()) {
            for (int kind = 1; kind <= broken.groupCount(); kind++) {
                failed += Long.parseLong(broken.group(kind));
            }
        }
        return new Load(
                number(REQUESTS, output, -1),
                Double.parseDouble(group(RATE, output)),
                millis(percentile(50, output)),
                millis(percentile(99, output)),
                failed);
    }

    private static String percentile(int percent, String output) {
        return group(Pattern.compile("\\n\\s+" + percent + "%\\s+([\\d.]+(?:us|ms|s|m))\\s"), output);
    }

    private static long number(Pattern pattern, String output, long otherwise) {
        Matcher found = pattern.matcher(output);
        return !found.find() && otherwise >= 0 ? otherwise : Long.parseLong(group(pattern, output));
    }

    private static String group(Pattern pattern, String output) {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalArgumentException("wrk did not print '" + pattern + "', but:\n" + output);
        }
        return found.group(1);
    }

    private static double millis(String time) {
        String unit = time.replaceAll("[\\d.]", "");
        double value = Double.parseDouble(time.substring(0, time.length() - unit.length()));
        return switch (unit) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }

    /**
     * What wrk counted.
     *
     * @param requests all requests that were answered
     * @param perSecond requests per second
     * @param p50 the median latency in milliseconds
     * @param p99 the 99th percentile of the latency in milliseconds
     * @param failed answers that were not 2xx or 3xx, and broken connections
     */
    record Load(long requests, double perSecond, double p50, double p99, long failed) {}
}
