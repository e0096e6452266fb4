package dev.lintel.embedded.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server's state outlives it: one file that only its owner reads, replaced as a whole, with a checksum in front, so
 * that a damaged one is never taken for a good one. One server at a time holds it.
 */
final class StateFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LARGEST = 256L * 1024 * 1024;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final @Nullable Path path;
    private final @Nullable FileChannel lock;
    private final @Nullable Map<String, Object> before;
    private Supplier<Map<String, Object>> state = Map::of;
    private Changes changes = new Changes();
    private long written;

    private StateFile(@Nullable Path path, @Nullable FileChannel lock, @Nullable Map<String, Object> before) {
        this.path = path;
        this.lock = lock;
        this.before = before;
    }

    /**
     * Opens a file for one server.
     *
     * @param path null for a server that keeps nothing
     * @throws IllegalStateException if it is damaged, can be read by others, or is in use; the message says what to do
     * @throws UncheckedIOException if it cannot be read
     */
    static StateFile open(@Nullable Path path) {
        if (path == null) {
            return new StateFile(null, null, null);
        }
        FileChannel lock = lock(path);
        try {
            return new StateFile(path, lock, Files.exists(path) ? read(path) : null);
        } catch (IOException e) {
            release(lock);
            throw new UncheckedIOException("cannot read " + path, e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** What was written down by an earlier run. */
    Optional<Map<String, Object>> before() {
        return Optional.ofNullable(before);
    }

    boolean isRestored() {
        return before != null;
    }

    /** Says what to write down, and writes it for the first time. */
    void keep(Supplier<Map<String, Object>> whole, Changes counted) {
        state = whole;
        changes = counted;
        written = -1;
        save();
    }

    /** The same endpoint, whose answers leave only when what they changed is written down. */
    Endpoint after(Endpoint endpoint) {
        if (path == null) {
            return endpoint;
        }
        return request -> {
            changes.begin();
            try {
                return ifWritten(endpoint.answer(request));
            } finally {
                changes.end();
            }
        };
    }

    private Reply ifWritten(Reply reply) {
        try {
            save();
            return reply;
        } catch (UncheckedIOException e) {
            changes.withheld();
            LOG.error("what has changed could not be written down, so that the answer was withheld", e);
            return Reply.text(500, "internal error");
        }
    }

    /**
     * Writes down what has changed since the last time, if anything has.
     *
     * @throws UncheckedIOException if that is not possible; the file from before is untouched
     */
    synchronized void save() {
        long now = changes.count();
        if (path == null || now == written) {
            return;
        }
        try {
            write(path, JSON.writeValueAsBytes(state.get()));
            written = now;
        } catch (JsonProcessingException e) {
            // The exception could quote what was to be written.
            throw new IllegalStateException("the state of the server cannot be written as JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    private static void write(Path path, byte[] json) throws IOException {
        Path fresh = path.toAbsolutePath().resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] attributes = isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(fresh, options, attributes)) {
            for (byte[] part : new byte[][] {(digest(json) + "\n").getBytes(StandardCharsets.US_ASCII), json}) {
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    var ignored = out.write(bytes);
                }
            }
            out.force(true);
        }
        var ignored = Files.move(
                fresh, path.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> read(Path path) throws IOException {
        if (isPosix(path) && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            throw new IllegalStateException(path + " can be read or written by others, and holds keys: make it its"
                    + " owner's alone (chmod 600), and rotate the keys if it was open for long");
        }
        if (Files.size(path) > LARGEST) {
            throw damaged(path);
        }
        byte[] all = Files.readAllBytes(path);
        int end = 0;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        byte[] json = Arrays.copyOfRange(all, Math.min(end + 1, all.length), all.length);
        boolean same = digest(json).equals(new String(all, 0, end, StandardCharsets.US_ASCII));
        return Optional.of(json)
                .filter(bytes -> same)
                .flatMap(StrictJson::object)
                .orElseThrow(() -> damaged(path));
    }

    static IllegalStateException damaged(Path path) {
        return new IllegalStateException(
                path + " was not written by this server, or is damaged: put back a copy, or"
                        + " remove it and start anew, which ends all tokens and forgets all clients that registered themselves");
    }

    private static FileChannel lock(Path path) {
        Path beside = path.toAbsolutePath().resolveSibling(path.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // Another server in this JVM: the same as one elsewhere.
                LOG.debug("{} is held in this JVM", beside);
            }
            release(channel);
            throw new IllegalStateException(path + " is in use by another server: give each its own file");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + beside + "; its folder must exist and be writable", e);
        }
    }

    private static void release(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("a lock could not be given back: {}", e.getMessage());
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Gives the file back for the next server. */
    @Override
    public void close() {
        release(lock);
    }
}
