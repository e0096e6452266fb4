package dev.lintel.mesh.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files below a folder that may hold objects: those that end with {@code .yaml}, {@code .yml} or {@code .json}. */
final class ObjectFiles {
    /** Names stand in problems and diffs, which people and builds read line by line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private static final List<String> ENDS = List.of(".yaml", ".yml", ".json");

    private ObjectFiles() {}

    /** Told of what is there, in any order; a path is one below the folder. */
    interface Seen {
        /** A file, which may be a link or something else that is no regular file. */
        void file(Path file, BasicFileAttributes attributes) throws IOException;

        /** A file or a folder of which nothing can be known. */
        default void unreadable(Path path, IOException why) throws IOException {
            throw why;
        }
    }

    /**
     * Looks at the files of a folder and of the folders in it, but for hidden ones. Links in it are not followed; the
     * folder itself may be one.
     *
     * @throws IOException if the folder itself cannot be found, or {@code seen} throws it
     */
    static void walk(Path folder, Seen seen) throws IOException {
        // A link would be visited as a file, and its folder would seem to be empty.
        Path root = folder.toRealPath();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                boolean hidden = !path.equals(root) && isHidden(path);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                String name = String.valueOf(path.getFileName());
                if (ENDS.stream().anyMatch(name::endsWith) && !isHidden(path)) {
                    seen.file(root.relativize(path), attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException why) throws IOException {
                if (path.equals(root) || !isHidden(path)) {
                    seen.unreadable(root.relativize(path), why);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException why) throws IOException {
                if (why != null) {
                    seen.unreadable(root.relativize(path), why);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    /**
     * What a file holds, or its beginning. It may have grown since somebody looked at its size.
     *
     * @return at most one byte more than the limit; then the file is too large
     */
    static byte[] bytes(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(limit + 1);
        }
    }

    /** A path as people write it, with slashes, and with {@code ?} for what would break the line. */
    static String shown(Path path) {
        return String.join("?", CONTROL.split(path.toString().replace('\\', '/'), -1));
    }

    /**
     * Bytes as a text.
     *
     * @throws CharacterCodingException if they are none in UTF-8
     */
    static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
