package dev.lintel.traffic.rollout.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A file that is locked, between processes and within this one, and names who has it. It is never deleted. */
final class LockFile implements AutoCloseable {
    /**
     * Who has what in this process. A file that is here is not opened a second time: closing any channel of a file gives up
     * the locks that other channels of this process have on it.
     */
    private static final ConcurrentMap<Path, String> HOLDERS = new ConcurrentHashMap<>();

    private static final int LONGEST = 1024;
    /** Far behind the text, so that others may read it where locks keep readers away too. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty if somebody else has it. */
    static Optional<LockFile> take(Path file, String who) throws IOException {
        if (HOLDERS.putIfAbsent(file, who) != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!lock(channel)) {
                return Optional.empty();
            }
            channel.truncate(0);
            ByteBuffer text = ByteBuffer.wrap(who.getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            // Only now: where the name cannot be written, nobody has it.
            taken = true;
            return Optional.of(new LockFile(file, channel));
        } finally {
            if (!taken) {
                HOLDERS.remove(file);
                close(channel);
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(PLACE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class has it, in a class loader of its own.
            return false;
        }
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** Who has it, as far as that can be told. */
    static String holder(Path file) {
        String here = HOLDERS.get(file);
        if (here != null) {
            return here;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.isBlank() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } finally {
            HOLDERS.remove(file);
        }
    }
}
