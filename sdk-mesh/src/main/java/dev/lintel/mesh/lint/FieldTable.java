package dev.lintel.mesh.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The fields below a part of an object, as {@code fields.txt} lists them for each kind.
 *
 * @param below what is below each field; nothing below one that holds values
 */
record FieldTable(Map<String, FieldTable> below) {
    private static final String ANY = "*";
    private static final Map<String, FieldTable> KINDS = read();

    FieldTable {
        below = Collections.unmodifiableMap(new LinkedHashMap<>(below));
    }

    /** The fields of a specification; null for a kind that is not known. */
    static @Nullable FieldTable of(String apiVersion, String kind) {
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        FieldTable exact = KINDS.get(apiVersion + "/" + kind);
        return exact == null ? KINDS.get(group + "/" + kind) : exact;
    }

    /** What is below a field; null if there is no such field. */
    @Nullable
    FieldTable get(String name) {
        FieldTable named = below.get(name);
        return named == null ? below.get(ANY) : named;
    }

    private static Map<String, FieldTable> read() {
        Map<String, FieldTable> kinds = new LinkedHashMap<>();
        try (InputStream in = FieldTable.class.getResourceAsStream("fields.txt")) {
            String text = new String(Objects.requireNonNull(in, "fields.txt").readAllBytes(), StandardCharsets.UTF_8);
            String name = "";
            StringBuilder fields = new StringBuilder();
            for (String line : (text + "#").lines().toList()) {
                if (line.startsWith(" ")) {
                    fields.append(line);
                    continue;
                }
                if (fields.length() > 0) {
                    kinds.put(name, table(new StringTokenizer(fields.toString(), " {}$", true), kinds));
                }
                name = line;
                fields.setLength(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kinds;
    }

    /** Up to the brace that closes it, or the end. */
    private static FieldTable table(StringTokenizer words, Map<String, FieldTable> shapes) {
        Map<String, FieldTable> below = new LinkedHashMap<>();
        String last = "";
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            switch (word) {
                case " " -> {}
                case "}" -> {
                    return new FieldTable(below);
                }
                case "{" -> below.put(last, table(words, shapes));
                case "$" -> below.put(last, Objects.requireNonNull(shapes.get("$" + words.nextToken()), last));
                default -> {
                    last = word;
                    below.put(word, new FieldTable(Map.of()));
                }
            }
        }
        return new FieldTable(below);
    }
}
