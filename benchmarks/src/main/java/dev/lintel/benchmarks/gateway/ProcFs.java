package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What Linux accounts to a process, all its threads, and the processes it started (proc(5)). */
final class ProcFs {
    /** The unit of utime and stime that Linux shows to programs, whatever the kernel's own tick is. */
    private static final Duration TICK = Duration.ofMillis(10);

    private ProcFs() {}

    static Duration cpuTime(ProcessHandle process) {
        return TICK.multipliedBy(
                family(process).mapToLong(each -> ticks(read(each, "stat"))).sum());
    }

    static long residentKib(ProcessHandle process) {
        return family(process)
                .mapToLong(each -> residentKib(read(each, "status")))
                .sum();
    }

    static long ticks(String stat) {
        // The command's name stands in parentheses and may hold anything; the fields after it are numbered from 3.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    static long residentKib(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    static String loadAverage() {
        return read(Path.of("/proc/loadavg")).split(" ")[0];
    }

    static List<String> lines(String file) {
        return read(Path.of("/proc", file)).lines().toList();
    }

    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static String read(ProcessHandle process, String file) {
        return read(Path.of("/proc", Long.toString(process.pid()), file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            throw new IllegalStateException(file + " is not there: the process ended, or this is not Linux", gone);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
