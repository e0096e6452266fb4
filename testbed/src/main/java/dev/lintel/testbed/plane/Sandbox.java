package dev.lintel.testbed.plane;

import dev.lintel.testbed.Spawned;
import dev.lintel.testbed.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A network, and a view of the files, that the programs of one workload share.
 *
 * <p>They have no name anywhere: they are there as long as the program that holds them, and the kernel takes them away with
 * it, whatever becomes of this process.
 */
final class Sandbox implements AutoCloseable {
    /** Where its programs find the data plane's programs and the workload's own folder. */
    static final String PROGRAMS = "/mnt/programs";

    static final String OWN = "/mnt/own";

    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    private static final long PATIENCE = 30;
    private static final String HOLD = """
            set -e
            mount -t tmpfs -o size=1m,mode=755 tmpfs /mnt
            mkdir %1$s %2$s
            mount --bind "$1" %1$s
            mount --bind "$2" %2$s
            mount --bind "$2/resolv.conf" /etc/resolv.conf
            echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
            echo 0 > /proc/sys/net/ipv4/ip_forward
            echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
            ip link set lo up
            echo $$ > "$2/holder.new"
            mv "$2/holder.new" "$2/holder"
            exec sleep infinity
            """.formatted(PROGRAMS, OWN);

    private final Spawned holder;
    private final long pid;
    private final Path folder;

    private Sandbox(Spawned holder, long pid, Path folder) {
        this.holder = holder;
        this.pid = pid;
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param name of the workload
     * @param folder its own, not there yet
     * @param programs of the data plane
     * @param resolver how names are resolved in it, as {@code resolv.conf} says it
     */
    static Sandbox open(String name, Path folder, Path programs, String resolver) {
        try {
            Files.createDirectories(folder.resolve("log"));
            Files.writeString(folder.resolve("resolv.conf"), resolver);
            Spawned holder = Spawned.start(
                    name,
                    folder,
                    PATH,
                    List.of(
                            "unshare",
                            "--net",
                            "--mount",
                            "bash",
                            "-c",
                            HOLD,
                            name,
                            programs.toString(),
                            folder.toString()));
            Path written = folder.resolve("holder");
            Waiting.until("the namespaces of " + name, holder, () -> Files.exists(written));
            return new Sandbox(holder, Long.parseLong(Files.readString(written).strip()), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return pid;
    }

    Path folder() {
        return folder;
    }

    /** A command that runs in it as somebody. */
    List<String> inside(int user, List<String> command) {
        List<String> all = new ArrayList<>(List.of(
                "nsenter",
                "--target=" + pid,
                "--net",
                "--mount",
                "sh",
                "-c",
                "cd " + OWN + " && exec \"$@\"",
                "sh",
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups"));
        all.addAll(command);
        return all;
    }

    /** Starts a program in it as somebody. */
    Spawned start(String name, int user, Map<String, String> environment, List<String> command) {
        List<String> all = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((key, value) -> all.add(key + "=" + value));
        all.add("PATH=/usr/bin:/bin");
        all.addAll(command);
        return Spawned.start(name, folder, PATH, inside(user, all));
    }

    /**
     * Runs a command in it as root, to its end.
     *
     * @throws IllegalStateException with what it printed, if it fails
     */
    void run(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target=" + pid, "--net", "--mount"));
        all.addAll(command);
        runHere(all);
    }

    /** Runs a command on this machine as root, to its end. */
    static void runHere(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed: " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        holder.close();
    }
}
