package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An operation of Swagger 2 as OpenAPI 3 has it. Schemas are left where they are: both mean the same by them. */
final class SwaggerTwo {
    private static final Set<String> OF_PARAMETER =
            Set.of("name", "in", "description", "required", "collectionFormat", "allowEmptyValue", "schema");

    private final JsonNode root;
    private final References references;

    SwaggerTwo(JsonNode root, References references) {
        this.root = root;
        this.references = references;
    }

    /** The operation with the parameters of its path. */
    At operation(At at, At item) {
        ObjectNode operation = object();
        for (String word : List.of("operationId", "summary", "description", "deprecated", "security")) {
            if (at.node().has(word)) {
                operation.set(word, at.node().path(word));
            }
        }
        Map<String, At> said = new LinkedHashMap<>();
        for (At owner : List.of(item, at)) {
            for (JsonNode each : owner.node().path("parameters")) {
                At place = references.follow(owner.child("parameters").holding(each));
                if (place != null) {
                    String key = place.text("in") + " " + place.text("name");
                    said.put(key.startsWith("body ") ? "body" : key, place);
                }
            }
        }
        parameters(operation, new ArrayList<>(said.values()), at);
        responses(operation, at);
        return at.holding(operation);
    }

    private void parameters(ObjectNode operation, List<At> said, At at) {
        ArrayNode parameters = operation.putArray("parameters");
        List<At> form = new ArrayList<>();
        for (At each : said) {
            switch (each.text("in")) {
                case "body" -> body(operation, each, at);
                case "formData" -> form.add(each);
                default -> parameters.add(parameter(each));
            }
        }
        if (!form.isEmpty()) {
            form(operation, form, at);
        }
    }

    private ObjectNode parameter(At at) {
        ObjectNode parameter = object();
        for (String word : List.of("name", "in", "description", "required")) {
            if (at.node().has(word)) {
                parameter.set(word, at.node().path(word));
            }
        }
        boolean query = at.text("in").equals("query");
        style(parameter, at.text("collectionFormat"), query ? "form" : "simple");
        parameter.set("schema", schema(at));
        return parameter;
    }

    private static void style(ObjectNode to, String collectionFormat, String usual) {
        String style = switch (collectionFormat) {
            case "multi" -> "form";
            case "ssv" -> "spaceDelimited";
            case "pipes" -> "pipeDelimited";
            case "tsv" -> "tabDelimited";
            default -> usual;
        };
        to.put("style", style).put("explode", collectionFormat.equals("multi"));
    }

    private static JsonNode schema(At at) {
        if (at.node().has("schema")) {
            return at.node().path("schema");
        }
        ObjectNode schema = object();
        at.node().properties().forEach(field -> {
            if (!OF_PARAMETER.contains(field.getKey())) {
                schema.set(field.getKey(), field.getValue());
            }
        });
        return schema;
    }

    private void body(ObjectNode operation, At body, At at) {
        ObjectNode content = object();
        for (String mediaType : mediaTypes(at, "consumes")) {
            content.putObject(mediaType).set("schema", body.node().path("schema"));
        }
        ObjectNode request = operation.putObject("requestBody");
        request.put("required", body.yes("required")).put("description", body.text("description"));
        request.set("content", content);
    }

    private void form(ObjectNode operation, List<At> fields, At at) {
        ObjectNode schema = object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        ObjectNode encoding = object();
        List<String> consumed = mediaTypes(at, "consumes");
        boolean file =
                consumed.contains("multipart/form-data") && !consumed.contains("application/x-www-form-urlencoded");
        for (At field : fields) {
            ObjectNode property = schema(field) instanceof ObjectNode said ? said.deepCopy() : object();
            property.put("description", field.text("description"));
            properties.set(field.text("name"), property);
            file |= field.text("type").equals("file");
            if (field.text("type").equals("array")) {
                style(encoding.putObject(field.text("name")), field.text("collectionFormat"), "form");
            }
            if (field.yes("required")) {
                required.add(field.text("name"));
            }
        }
        String mediaType = file ? "multipart/form-data" : "application/x-www-form-urlencoded";
        ObjectNode request = operation.putObject("requestBody").put("required", !required.isEmpty());
        ObjectNode content = request.putObject("content").putObject(mediaType);
        content.set("schema", schema);
        content.set("encoding", encoding);
    }

    private void responses(ObjectNode operation, At at) {
        ObjectNode responses = operation.putObject("responses");
        for (Map.Entry<String, JsonNode> each : at.node().path("responses").properties()) {
            At said = references.follow(at.child("responses").child(each.getKey()));
            ObjectNode response = responses.putObject(each.getKey());
            if (said != null && said.node().has("schema")) {
                ObjectNode content = response.putObject("content");
                for (String mediaType : mediaTypes(at, "produces")) {
                    content.putObject(mediaType).set("schema", said.node().path("schema"));
                }
            }
            if (said != null && said.node().has("headers")) {
                response.set("headers", said.node().path("headers"));
            }
        }
    }

    private List<String> mediaTypes(At at, String word) {
        JsonNode said = at.node().has(word) ? at.node().path(word) : root.path(word);
        List<String> types = new ArrayList<>();
        said.forEach(each -> types.add(each.asText()));
        return types.isEmpty() ? List.of("application/json") : types;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
