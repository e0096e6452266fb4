package dev.lintel.mesh.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files below a folder that are seen either as they were or as they are to be, never in between. */
final class AtomicFiles {
    private AtomicFiles() {}

    /**
     * The YAML files below a folder, without hidden folders, links and files above a size.
     *
     * @return paths relative to the folder; none if it is not there
     */
    static SortedSet<Path> yaml(Path root, long limit) throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean hidden = !folder.equals(root)
                        && String.valueOf(folder.getFileName()).startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = String.valueOf(file.getFileName());
                boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
                if (yaml && attributes.isRegularFile() && attributes.size() <= limit && !name.startsWith(".")) {
                    found.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Writes all texts beside their places first, then moves each into its place. */
    static void write(Path root, Map<Path, String> texts) throws IOException {
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                Path file = root.resolve(text.getKey());
                Path folder = file.resolveSibling(".").normalize();
                Files.createDirectories(folder);
                Path beside = folder.resolve("." + file.getFileName() + ".new");
                // A link that somebody left there would lead the text elsewhere.
                Files.deleteIfExists(beside);
                moves.put(beside, file);
                Files.writeString(
                        beside,
                        text.getValue(),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SYNC,
                        StandardOpenOption.WRITE);
            }
            for (Map.Entry<Path, Path> move : moves.entrySet()) {
                move(move.getKey(), move.getValue());
            }
        } finally {
            for (Path beside : moves.keySet()) {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a file, and its folder if nothing else is in it. */
    static void delete(Path root, Path file) throws IOException {
        Path path = root.resolve(file);
        Files.deleteIfExists(path);
        Path folder = path.getParent();
        if (folder != null && !folder.equals(root) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                // Somebody else's files are in it.
                return;
            }
        }
    }
}
