package dev.lintel.graphql.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Documents that are known before anybody asks, by id: what the clients of a graph were built with. Prints their number alone.
 */
public final class TrustedDocuments {
    /** No document. */
    public static final TrustedDocuments NONE = new TrustedDocuments(new TreeMap<>());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final SortedMap<String, String> byId;
    private final SortedMap<String, String> byHash = new TreeMap<>();

    private TrustedDocuments(SortedMap<String, String> byId) {
        this.byId = Collections.unmodifiableSortedMap(byId);
        byId.values().forEach(text -> byHash.put(Sha256.hex(text), text));
    }

    /**
     * Documents by id.
     *
     * @param byId ids with texts; an id that is a SHA-256 in hexadecimal, alone or behind {@code sha256:}, must be that of its text
     * @return the documents
     * @throws IllegalArgumentException if a hash is another one, or an id or a text is blank; the message names the id
     */
    public static TrustedDocuments of(Map<String, String> byId) {
        SortedMap<String, String> all = new TreeMap<>();
        byId.forEach((id, text) -> {
            if (id.isBlank() || text.isBlank()) {
                throw new IllegalArgumentException(
                        "a trusted document must have an id and a text, but '" + id + "' has not");
            }
            String hash = id.startsWith(Sha256.PREFIX) ? id.substring(Sha256.PREFIX.length()) : id;
            if ((Sha256.is(hash) || id.startsWith(Sha256.PREFIX)) && !hash.equals(Sha256.hex(text))) {
                throw new IllegalArgumentException(
                        "the trusted document '" + id + "' has another text than its hash says: make the file anew");
            }
            all.put(id, text);
        });
        return new TrustedDocuments(all);
    }

    /**
     * Documents of a file.
     *
     * @param json an object of ids with texts, or a manifest of persisted queries: {@code operations}, each with {@code id} and {@code body}
     * @return the documents
     * @throws IllegalArgumentException if it is something else, or as {@link #of(Map)} says
     */
    public static TrustedDocuments read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("trusted documents must be JSON, each id once", e);
        }
        Map<String, String> all = new TreeMap<>();
        if (root.path("operations").isArray()) {
            for (JsonNode operation : root.path("operations")) {
                String id = text(operation.path("id"), "an id");
                if (all.put(id, text(operation.path("body"), "a body")) != null) {
                    throw new IllegalArgumentException("the trusted document '" + id + "' is there twice");
                }
            }
        } else if (root.isObject()) {
            root.properties().forEach(each -> all.put(each.getKey(), text(each.getValue(), "a text")));
        } else {
            throw new IllegalArgumentException("trusted documents must be an object of ids with texts, or a manifest");
        }
        return of(all);
    }

    /**
     * Documents of a file.
     *
     * @param file see {@link #read(String)}
     * @return the documents
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException as {@link #read(String)} says
     */
    public static TrustedDocuments of(Path file) throws IOException {
        return read(Files.readString(file));
    }

    private static String text(JsonNode node, String what) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("a trusted document must have " + what + ", a string");
        }
        return node.textValue();
    }

    /** The document of an id: as it was given, or the hash of its text behind {@code sha256:}. */
    Optional<String> byId(String id) {
        String text = byId.get(id);
        return text == null && id.startsWith(Sha256.PREFIX)
                ? byHash(id.substring(Sha256.PREFIX.length()))
                : Optional.ofNullable(text);
    }

    /** The document with a hash. */
    Optional<String> byHash(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    public int size() {
        return byId.size();
    }

    @Override
    public String toString() {
        return size() + " trusted documents";
    }
}
