package dev.lintel.benchmarks.gateway;

import java.util.List;
import java.util.Locale;

/** The shape of the machine and what runs on it, for the head of a result. */
final class Machine {
    private Machine() {}

    static String describe(String use, String nginx, String wrk) {
        double gib = number(ProcFs.lines("meminfo"), "MemTotal") / 1024.0 / 1024.0;
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %.0f GiB, %s; Linux %s; %s %s; %s; %s;" + " load average at the start %s",
                // The JVM tells how many it may use itself.
                ProcFs.lines("cpuinfo").stream()
                        .filter(line -> line.startsWith("processor"))
                        .count(),
                value(ProcFs.lines("cpuinfo"), "model name"),
                gib,
                use,
                System.getProperty("os.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                nginx,
                wrk,
                ProcFs.loadAverage());
    }

    static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static long number(List<String> lines, String name) {
        return Long.parseLong("0" + value(lines, name).replaceAll("[^0-9]", ""));
    }
}
