package dev.lintel.auth.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real file system that can be full or read-only: a few pages of memory, which only root may mount. */
public final class SmallDisk implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it; the test is skipped where that is not allowed. */
    public static SmallDisk mount(Path folder, int pages) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return abort("a full disk is a file system of its own, and only root may mount one");
        }
        String options = "size=" + pages * PAGE + ",mode=0700";
        String refused = run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()));
        return refused.isEmpty() ? new SmallDisk(folder) : abort("a full disk cannot be mounted here: " + refused);
    }

    /** Takes all that is left. */
    public void fill() throws IOException {
        Path ballast = folder.resolve("ballast");
        byte[] page = new byte[PAGE];
        try {
            while (true) {
                Files.write(ballast, page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    public void empty() throws IOException {
        Files.delete(folder.resolve("ballast"));
    }

    public void readOnly(boolean readOnly) throws IOException {
        String refused = run(List.of("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), folder.toString()));
        if (!refused.isEmpty()) {
            throw new IOException(refused);
        }
    }

    @Override
    public void close() throws IOException {
        String refused = run(List.of("umount", folder.toString()));
        if (!refused.isEmpty()) {
            throw new IOException(refused);
        }
    }

    /** What it said if it failed. */
    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return process.waitFor() == 0 ? "" : command + ": " + said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
