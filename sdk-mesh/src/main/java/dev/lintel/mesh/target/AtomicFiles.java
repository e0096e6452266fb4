package dev.lintel.mesh.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files below a folder that are seen either as they were or as they are to be, never in between. */
final class AtomicFiles {
    private AtomicFiles() {}

    /**
     * Writes all texts beside their places first, then moves each into its place and deletes what is gone. If one of that
     * fails, what is done already is put back, so that all is new or nothing.
     */
    static void write(Path root, Map<Path, String> texts, Collection<Path> gone) throws IOException {
        Map<Path, Path> moves = new LinkedHashMap<>();
        Map<Path, Path> kept = new LinkedHashMap<>();
        List<Path> made = new ArrayList<>();
        List<Path> touched = new ArrayList<>();
        boolean done = false;
        try {
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                Path file = root.resolve(text.getKey());
                Path beside = beside(file, ".new");
                folders(file.resolveSibling(".").normalize(), made);
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
                keep(file, kept);
            }
            for (Path file : gone) {
                keep(root.resolve(file), kept);
            }
            for (Map.Entry<Path, Path> move : moves.entrySet()) {
                move(move.getKey(), move.getValue());
                touched.add(move.getValue());
            }
            for (Path file : gone) {
                delete(root, file);
                touched.add(root.resolve(file));
            }
            done = true;
        } finally {
            if (!done) {
                back(touched, kept);
            }
            for (Path beside : moves.keySet()) {
                Files.deleteIfExists(beside);
            }
            for (Path old : kept.values()) {
                Files.deleteIfExists(old);
            }
            if (!done) {
                empty(made);
            }
        }
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling("." + file.getFileName() + end);
    }

    /** Makes a folder, and notes which ones were not there, the outer ones first. */
    private static void folders(Path folder, List<Path> made) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(0, each);
        }
        Files.createDirectories(folder);
        made.addAll(missing);
    }

    /** A second name for what is there now. */
    private static void keep(Path file, Map<Path, Path> kept) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Path old = beside(file, ".old");
            Files.deleteIfExists(old);
            kept.put(file, old);
            try {
                Files.createLink(old, file);
            } catch (UnsupportedOperationException | FileSystemException e) {
                // Not everywhere a file may have two names.
                Files.copy(file, old, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Puts back what was there, as far as that is possible: what failed first is what is told. */
    private static void back(List<Path> touched, Map<Path, Path> kept) {
        for (Path file : touched) {
            Path old = kept.get(file);
            try {
                if (old == null) {
                    Files.deleteIfExists(file);
                } else {
                    Files.createDirectories(file.resolveSibling(".").normalize());
                    move(old, file);
                }
            } catch (IOException e) {
                // What was there stays beside its place.
                kept.remove(file);
            }
        }
    }

    /** Deletes folders that were not there before, the inner ones first. */
    private static void empty(List<Path> made) {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                // Somebody else's files are in it.
                return;
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
    private static void delete(Path root, Path file) throws IOException {
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
