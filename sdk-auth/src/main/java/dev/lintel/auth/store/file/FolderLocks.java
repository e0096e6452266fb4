package dev.lintel.auth.store.file;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Locks of a folder that hold between processes and between threads: for the moment in which a file is compared and
 * replaced, never while something is fetched. They end with the process that has them, however it ends.
 */
final class FolderLocks {
    private static final int STRIPES = 16;
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int POLLS = 5_000;

    /**
     * A lock between threads for each lock file that this process has used. One table for the process, because locks of
     * files are the process's too: closing any channel of a file gives up the locks that other channels have on it.
     */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path folder;

    /**
     * Locks.
     *
     * @param folder its real path, so that it has one name
     */
    FolderLocks(Path folder) {
        this.folder = folder;
    }

    /** What is done under a lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something that nobody else does for the same digest at the same time. */
    @CanIgnoreReturnValue
    <T> T locked(String digest, Work<T> work) throws IOException {
        Path file = folder.resolve(".lock-" + Integer.toHexString(Character.digit(digest.charAt(0), STRIPES)));
        ReentrantLock threads = THREADS.computeIfAbsent(file, unused -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = PrivateFiles.lockable(file);
                FileLock lock = lock(channel, file)) {
            assert lock.isValid();
            return work.run();
        } finally {
            threads.unlock();
        }
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        for (int poll = 0; poll < POLLS; poll++) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(POLL);
        }
        throw new IOException(file + " is locked by another process that does not go on");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another copy of this class has it, in a class loader of its own.
            return null;
        }
    }
}
