package dev.lintel.cli;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.target.YamlFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The texts of files, folders and standard input, as they are named on the command line. */
final class TextFiles {
    /** The name of standard input. */
    static final String STDIN = "-";

    private final Surroundings around;
    private final int limit;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private TextFiles(Surroundings around, int limit) {
        this.around = around;
        this.limit = limit;
    }

    /**
     * Reads them all.
     *
     * @param names files, folders or {@link #STDIN}
     * @param limit so many bytes of one file at the most
     * @return the texts by the names that problems give them, in their order
     * @throws ProblemsException if any of them cannot be read
     */
    static Map<String, String> read(Surroundings around, List<String> names, int limit) {
        TextFiles files = new TextFiles(around, limit);
        for (String name : names) {
            try {
                files.add(name);
            } catch (NoSuchFileException e) {
                files.problem(name, "is not there", "name a file, a folder, or '-' for standard input");
            } catch (CharacterCodingException e) {
                files.problem(name, "is no text in UTF-8", "name a file of YAML or JSON");
            } catch (IOException | IllegalArgumentException e) {
                files.problem(name, "cannot be read: " + e.getMessage(), "see to it, or leave it out");
            }
        }
        if (files.problems.isEmpty() && files.texts.isEmpty()) {
            files.problem(
                    String.join(", ", names),
                    "holds no file that ends with .yaml, .yml or .json",
                    "name a file, or a folder that has some");
        }
        if (!files.problems.isEmpty()) {
            throw new ProblemsException("the files", files.problems);
        }
        return files.texts;
    }

    /**
     * Reads one text.
     *
     * @param name a file, {@link #STDIN}, or a folder with a single file
     * @param limit so many bytes at the most
     * @return the text
     * @throws ProblemsException if it cannot be read, or there are several
     */
    static String one(Surroundings around, String name, int limit) {
        Map<String, String> texts = read(around, List.of(name), limit);
        if (texts.size() > 1) {
            Problem problem = new Problem(
                    "cli.file",
                    name,
                    "has " + texts.size() + " files, where one is needed",
                    "name the file",
                    Origin.unknown());
            throw new ProblemsException("the files", List.of(problem));
        }
        return texts.values().iterator().next();
    }

    private void problem(String name, String message, String hint) {
        problems.add(new Problem("cli.file", name, message, hint, Origin.unknown()));
    }

    private void add(String name) throws IOException {
        if (name.equals(STDIN)) {
            put("stdin", text(around.in()));
            return;
        }
        Path path = around.folder().resolve(name);
        if (Files.isDirectory(path)) {
            refuseLinks(path);
            for (Map.Entry<String, String> file : YamlFolder.texts(path).entrySet()) {
                put(name + (name.endsWith("/") ? "" : "/") + file.getKey(), file.getValue());
            }
        } else {
            try (InputStream in = Files.newInputStream(path)) {
                put(name, text(in));
            }
        }
    }

    /** What a link leads to would be missed, and what is defined there deleted. */
    private static void refuseLinks(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Optional<Path> link = all.filter(path -> !path.equals(folder))
                    .filter(Files::isSymbolicLink)
                    .findFirst();
            if (link.isPresent()) {
                throw new IllegalArgumentException(
                        folder.relativize(link.get()) + " is a link, and links are not followed");
            }
        }
    }

    private void put(String name, String text) {
        if (texts.size() >= Import.MOST_TEXTS) {
            throw new IllegalArgumentException("there are more than " + Import.MOST_TEXTS + " files");
        }
        if (texts.putIfAbsent(name, text) != null) {
            throw new IllegalArgumentException("it is named twice");
        }
    }

    private String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new IllegalArgumentException("it is larger than " + limit + " bytes");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
