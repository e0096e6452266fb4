package dev.lintel.mesh.target;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.BrokenYaml;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlLines;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is in a directory at one time: files of ours, those of others, and what cannot be told from either. */
final class DirectoryFiles {
    private final Path root;
    private final SortedMap<Path, Listing> ours = new TreeMap<>();
    private final SortedMap<Path, String> others = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private DirectoryFiles(Path root) {
        this.root = root;
    }

    static DirectoryFiles read(Path root) {
        DirectoryFiles files = new DirectoryFiles(root);
        if (Files.isDirectory(root) || !Files.exists(root) && !Files.notExists(root)) {
            files.walk();
        }
        return files;
    }

    /** By their paths below the directory. */
    SortedMap<Path, Listing> ours() {
        return ours;
    }

    /** Texts in which none of our labels stands, by their paths below the directory. */
    SortedMap<Path, String> others() {
        return others;
    }

    /** Why it is not known what is there; nothing may be written then. */
    List<Problem> problems() {
        return problems;
    }

    /** Names this state of our files; equal states have equal names. */
    String base() {
        return base(texts());
    }

    /** What is in each file of ours. */
    SortedMap<Path, String> texts() {
        SortedMap<Path, String> texts = new TreeMap<>();
        ours.forEach((file, listing) -> texts.put(file, listing.text()));
        return texts;
    }

    /** The name of the state in which our files hold some texts. */
    static String base(SortedMap<Path, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((file, text) -> {
                digest.update((file + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update((text + "\0").getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Problem problem(String code, Path file, String message, String hint) {
        return problem(code, file, message, hint, Origin.unknown());
    }

    private static Problem problem(String code, Path file, String message, String hint, Origin origin) {
        return new Problem(code, ObjectFiles.shown(file), message, hint, origin);
    }

    private void walk() {
        try {
            ObjectFiles.walk(root, new ObjectFiles.Seen() {
                @Override
                public void file(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        look(file);
                    }
                }

                @Override
                public void unreadable(Path path, IOException why) {
                    unread(path.toString().isEmpty() ? root : path, why);
                }
            });
        } catch (IOException e) {
            unread(root, e);
        }
    }

    private void look(Path file) {
        try {
            read(file, ObjectFiles.bytes(root.resolve(file), ManifestYaml.LIMIT));
        } catch (IOException e) {
            unread(file, e);
        }
    }

    private void unread(Path path, IOException why) {
        if (why instanceof NoSuchFileException && !path.equals(root)) {
            // Somebody took it away meanwhile.
            return;
        }
        String reason = why instanceof FileSystemException file ? file.getReason() : null;
        problems.add(problem(
                "directory.unread",
                path,
                "cannot be read, so that nobody knows what is there: "
                        + (reason == null ? why.getClass().getSimpleName() : reason),
                "make it readable, or take it away"));
    }

    private void read(Path file, byte[] bytes) {
        if (bytes.length > ManifestYaml.LIMIT) {
            if (ManifestYaml.mayBeOurs(new String(bytes, StandardCharsets.UTF_8))) {
                problems.add(problem(
                        "directory.unread",
                        file,
                        "names our label and has more than " + ManifestYaml.LIMIT
                                + " bytes, of which nobody reads the rest",
                        "make files of it that are smaller, or take it away"));
            }
            return;
        }
        String text;
        try {
            text = ObjectFiles.text(bytes);
        } catch (CharacterCodingException e) {
            text = new String(bytes, StandardCharsets.UTF_8);
            if (ManifestYaml.mayBeOurs(text)) {
                problems.add(problem(
                        "directory.unread",
                        file,
                        "is no text in UTF-8",
                        "restore the file, or delete it",
                        Origin.at(ObjectFiles.shown(file), lineOf('\ufffd', text))));
                return;
            }
        }
        try {
            sort(file, text);
        } catch (IllegalArgumentException e) {
            problems.add(problem(
                    "directory.unread",
                    file,
                    String.valueOf(e.getMessage()),
                    "restore the file, or delete it",
                    Origin.at(ObjectFiles.shown(file), BrokenYaml.line(text, e))));
        }
    }

    private static int lineOf(char sign, String text) {
        return 1
                + (int) text.chars()
                        .limit(text.indexOf(sign))
                        .filter(c -> c == '\n')
                        .count();
    }

    private void sort(Path file, String text) {
        List<Boolean> marks = file.toString().endsWith(".json") ? List.of() : ManifestYaml.marks(text);
        if (file.equals(Kustomization.FILE) && marks.equals(List.of(true))) {
            ours.put(file, new Listing(text, List.of()));
        } else if (!marks.contains(true) || file.equals(Kustomization.FILE)) {
            others.put(file, text);
        } else if (marks.contains(false)) {
            List<YamlLines> lines = YamlLines.of(text);
            int other = marks.indexOf(false);
            problems.add(problem(
                    "directory.mixed",
                    file,
                    "holds objects of ours and of others",
                    "give the others a file of their own",
                    Origin.at(
                            ObjectFiles.shown(file),
                            other < lines.size() ? lines.get(other).line() : 0)));
        } else {
            ours.put(file, new Listing(text, ManifestYaml.read(text)));
        }
    }
}
