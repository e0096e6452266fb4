package dev.lintel.auth.store.race;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link Racer} in a process of its own. */
final class Child {
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    Child(String store, URI endpoint) throws IOException {
        process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Racer.class.getName(),
                        store,
                        endpoint.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.US_ASCII);
        in = process.outputWriter(StandardCharsets.US_ASCII);
    }

    long pid() {
        return process.pid();
    }

    /** Lets it get a token. */
    void ask() throws IOException {
        in.write("\n");
        in.flush();
    }

    /** What it got; null if it has ended. */
    @Nullable
    String answer() throws IOException {
        return out.readLine();
    }

    /** As {@code kill -9} does; blocks until it is gone. */
    void kill() {
        try {
            boolean gone = process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
            if (!gone) {
                throw new IllegalStateException("process " + pid() + " is not gone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
