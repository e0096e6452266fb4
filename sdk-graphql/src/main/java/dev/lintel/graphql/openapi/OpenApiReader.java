package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** From a document to its model. */
public final class OpenApiReader {
    private static final List<String> METHODS =
            List.of("delete", "get", "head", "options", "patch", "post", "put", "trace");

    private final OpenApi document;
    private final Losses losses = new Losses();
    private final References references;
    private final SchemaReader schemas;
    private final OperationReader operations;
    private final LinkReader links;
    private int declared;

    private OpenApiReader(OpenApi document) {
        this.document = document;
        this.references = new References(document, losses);
        this.schemas = new SchemaReader(references, losses, new Families(document));
        this.links = new LinkReader(references, losses);
        boolean old = document.root().has("swagger");
        this.operations = new OperationReader(
                references,
                schemas,
                losses,
                new SecurityReader(new At("", document.root(), "#", ""), references, losses),
                links,
                old ? new SwaggerTwo(document.root(), references) : null);
    }

    /**
     * Reads what a document says.
     *
     * @param document as it was parsed
     * @return the same for the same document, whatever the order of its keys
     */
    public static ApiModel read(OpenApi document) {
        return new OpenApiReader(document).read();
    }

    private ApiModel read() {
        At root = new At("", document.root(), "#", "");
        List<Operation> found = new ArrayList<>();
        Map<String, JsonNode> paths = new TreeMap<>();
        document.root().path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
        paths.forEach((path, item) -> found.addAll(path(root.child("paths").child(path), path)));
        rest(root);
        found.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        List<Operation> linked = links.resolve(found, schemas.types());
        return new ApiModel(linked, schemas.types(), losses.sorted(), declared);
    }

    private List<Operation> path(At at, String path) {
        List<Operation> found = new ArrayList<>();
        At item = at.isReference() ? references.follow(at) : at;
        if (item == null || path.startsWith("x-")) {
            return found;
        }
        for (String method : METHODS) {
            if (!item.node().has(method)) {
                continue;
            }
            declared++;
            String key = method.toUpperCase(Locale.ROOT) + " " + path;
            String reason = reason(path, method, item.node().path(method));
            if (reason.isEmpty()) {
                found.add(operations.read(item, path, method));
            } else {
                losses.omitted(key, reason);
            }
        }
        return found;
    }

    private static String reason(String path, String method, JsonNode operation) {
        if (!operation.isObject()) {
            return "is no object";
        }
        if (!path.startsWith("/")) {
            return "its path does not begin with '/'";
        }
        return switch (method) {
            case "head" -> "HEAD answers no content";
            case "options", "trace" -> method.toUpperCase(Locale.ROOT) + " is about HTTP, not about the API";
            default -> "";
        };
    }

    private void rest(At root) {
        if (root.node().path("webhooks").size() > 0) {
            losses.unused(root, "webhooks", "the graph has no subscriptions");
        }
        if (!root.node().path("paths").isObject()) {
            losses.unused(root, "paths", "there are no paths");
        }
    }
}
