package dev.lintel.graphql.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An OpenAPI 3.0, OpenAPI 3.1 or Swagger 2 document, read and not yet understood.
 *
 * <p>Nothing but the given text is read: a reference to another document is followed only to documents that
 * {@link #with} gave. So no document can make this JVM ask a host or open a file.
 */
public final class OpenApi {
    private static final Pattern VERSION = Pattern.compile("3\\.[01](\\..*)?");

    private final String name;
    private final JsonNode root;
    private final Map<String, JsonNode> others;

    private OpenApi(String name, JsonNode root, Map<String, JsonNode> others) {
        this.name = name;
        this.root = root;
        this.others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /**
     * Reads a file, within {@link Limits#DEFAULT}.
     *
     * @param file JSON or YAML in UTF-8
     * @return the document
     * @throws ProblemsException if it cannot be read or is no such document
     */
    public static OpenApi of(Path file) {
        return of(file, Limits.DEFAULT);
    }

    /**
     * Reads a file.
     *
     * @param file JSON or YAML in UTF-8
     * @param limits how much it may hold
     * @return the document
     * @throws ProblemsException if it cannot be read or is no such document
     */
    public static OpenApi of(Path file, Limits limits) {
        return of(String.valueOf(file.getFileName()), text(file, limits.bytes()), limits);
    }

    /**
     * Reads the text of a file, and understands nothing of it.
     *
     * @param file in UTF-8
     * @param most bytes; of a longer file one byte more is read
     * @return the text
     * @throws ProblemsException if it cannot be read
     */
    public static String text(Path file, int most) {
        try (InputStream input = Files.newInputStream(file)) {
            return new String(input.readNBytes(most + 1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            String name = String.valueOf(file.getFileName());
            throw problem(name, "graphql.file", 0, "cannot be read", "give a file that exists and may be read");
        }
    }

    /**
     * Reads a text, within {@link Limits#DEFAULT}.
     *
     * @param name what problems call it
     * @param text JSON or YAML
     * @return the document
     * @throws ProblemsException if it is no such document
     */
    public static OpenApi of(String name, String text) {
        return of(name, text, Limits.DEFAULT);
    }

    /**
     * Reads a text.
     *
     * @param name what problems call it
     * @param text JSON or YAML
     * @param limits how much it may hold
     * @return the document
     * @throws ProblemsException if it is no such document
     */
    public static OpenApi of(String name, String text, Limits limits) {
        JsonNode root = tree(name, text, limits);
        String said = root.path("swagger").asText();
        boolean known = root.isObject()
                && (said.equals("2.0")
                        || said.equals("2")
                        || VERSION.matcher(root.path("openapi").asText()).matches());
        if (!known) {
            throw problem(
                    name,
                    "graphql.version",
                    0,
                    "is neither OpenAPI 3.0, nor 3.1, nor Swagger 2",
                    "it must begin with 'openapi: 3.0.x', 'openapi: 3.1.x' or 'swagger: \"2.0\"'");
        }
        return new OpenApi(name, root, Map.of());
    }

    /**
     * The same beside another document, to which it may refer.
     *
     * @param reference as in its {@code $ref}, before the {@code #}
     * @param text of that document, JSON or YAML
     * @return a new value
     * @throws ProblemsException if the text cannot be read
     */
    public OpenApi with(String reference, String text) {
        Map<String, JsonNode> more = new LinkedHashMap<>(others);
        if (more.put(Objects.requireNonNull(reference, "reference"), tree(reference, text, Limits.DEFAULT)) != null) {
            throw problem(reference, "graphql.twice", 0, "was given twice", "give each document once");
        }
        return new OpenApi(name, root, more);
    }

    /**
     * What problems call it.
     *
     * @return the name of the file
     */
    public String name() {
        return name;
    }

    /**
     * The document as a tree.
     *
     * @return not to be changed
     */
    public JsonNode root() {
        return root;
    }

    /**
     * The documents to which it may refer.
     *
     * @return trees by reference, not to be changed
     */
    public Map<String, JsonNode> others() {
        return others;
    }

    private static JsonNode tree(String name, String text, Limits limits) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            if (plain.length() > limits.bytes() || plain.getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
                throw BadDocumentException.limit(0, "is longer than " + limits.bytes() + " bytes");
            }
            return plain.stripLeading().startsWith("{")
                    ? new JsonText(limits).read(plain)
                    : new YamlText(limits).read(plain);
        } catch (BadDocumentException e) {
            throw problem(name, e.code(), e.line(), String.valueOf(e.getMessage()), e.hint());
        }
    }

    private static ProblemsException problem(String name, String code, int line, String message, String hint) {
        Origin origin = line > 0 ? Origin.at(name, line) : Origin.unknown();
        return new ProblemsException("'" + name + "'", List.of(new Problem(code, name, message, hint, origin)));
    }

    @Override
    public String toString() {
        return "OpenApi[" + name + "]";
    }
}
