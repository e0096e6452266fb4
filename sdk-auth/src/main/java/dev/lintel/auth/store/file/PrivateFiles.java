package dev.lintel.auth.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Files that their owner alone may read, written whole or not at all. On file systems without such permissions those of
 * the folder count.
 */
final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Makes a folder and those above it, where they are missing, for its owner alone. */
    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(FOLDER));
        }
    }

    /** Whether anybody on the machine may put files there. */
    static boolean open(Path folder) throws IOException {
        return POSIX && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    /**
     * The content of a file, cut off above a limit; empty if there is none. What is no file, such as a link, has no
     * content.
     */
    static Optional<byte[]> read(Path file, int limit) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(new byte[0]) : Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(in.readNBytes(limit));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes beside the place, and moves it there when it has reached the disk. One writer at a time for each file.
     *
     * @param beside in the same folder; what is there is left over from a crash
     * @throws IOException if the file is as it was
     * @throws UnsettledException if it is as it was to be, and may not be after a crash
     */
    static void write(Path file, Path beside, byte[] bytes) throws IOException {
        replace(file, beside, bytes, true);
        settle(file);
    }

    /** The same for what need not outlive a crash of the machine, after which it may be gone or empty. */
    static void writeForNow(Path file, Path beside, byte[] bytes) throws IOException {
        replace(file, beside, bytes, false);
    }

    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            settle(file);
        }
    }

    private static void replace(Path file, Path beside, byte[] bytes, boolean toDisk) throws IOException {
        Files.deleteIfExists(beside);
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    attributes(FILE))) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                if (toDisk) {
                    channel.force(true);
                }
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** A file that is there to be locked. */
    static FileChannel lockable(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes(FILE));
    }

    /** What a folder lists reaches the disk too, where a folder can be opened for that. */
    private static void settle(Path file) throws IOException {
        Path folder = file.getParent();
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                throw new UnsettledException(e);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Thrown when a file was replaced or deleted, and that may not have reached the disk. */
    static final class UnsettledException extends IOException {
        private static final long serialVersionUID = 1L;

        UnsettledException(IOException cause) {
            super("it may not have reached the disk", cause);
        }
    }
}
