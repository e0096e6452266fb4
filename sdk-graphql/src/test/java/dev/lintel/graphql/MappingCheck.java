package dev.lintel.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.schema.GraphSchema;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares a schema with a plain document, in which every schema is an object of single values or references, by reading
 * the document itself: an opinion of its own about what is right.
 */
final class MappingCheck {
    private final JsonNode document;
    private final GraphSchema schema;
    private final List<String> wrong = new ArrayList<>();

    private MappingCheck(JsonNode document, GraphSchema schema) {
        this.document = document;
        this.schema = schema;
    }

    static List<String> wrong(JsonNode document, GraphSchema schema) {
        MappingCheck check = new MappingCheck(document, schema);
        check.operations();
        check.objects();
        return check.wrong;
    }

    private void operations() {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    GraphQLObjectType root = method.getKey().equals("get")
                            ? schema.graphQl().getQueryType()
                            : schema.graphQl().getMutationType();
                    String name = operation.path("operationId").asText();
                    GraphQLFieldDefinition field = root == null ? null : root.getFieldDefinition(name);
                    if (field == null) {
                        wrong.add("no field for " + method.getKey() + " " + path.getKey());
                        return;
                    }
                    String prefix = method.getKey().equals("get") ? "query " : "mutation ";
                    String key = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    same(name + " means", key, schema.names().meaning(prefix, name));
                    JsonNode answer = operation.at("/responses/200/content/application~1json/schema");
                    same(name, type(answer, false), GraphQLTypeUtil.simplePrint(field.getType()));
                    for (JsonNode parameter : operation.path("parameters")) {
                        String argument = parameter.path("name").asText();
                        boolean there = field.getArgument(argument) != null;
                        String found = there
                                ? GraphQLTypeUtil.simplePrint(
                                        field.getArgument(argument).getType())
                                : "none";
                        String expected = type(
                                parameter.path("schema"),
                                parameter.path("required").asBoolean());
                        same(name + "." + argument, expected, found);
                    }
                }));
    }

    private void objects() {
        document.path("components").path("schemas").properties().forEach(each -> {
            if (!(schema.graphQl().getType(each.getKey()) instanceof GraphQLObjectType type)) {
                wrong.add("no object " + each.getKey());
                return;
            }
            JsonNode properties = each.getValue().path("properties");
            List<String> required = new ArrayList<>();
            each.getValue().path("required").forEach(name -> required.add(name.asText()));
            same(
                    each.getKey(),
                    String.valueOf(properties.size()),
                    String.valueOf(type.getFieldDefinitions().size()));
            for (Map.Entry<String, JsonNode> property : properties.properties()) {
                GraphQLFieldDefinition field = type.getFieldDefinition(property.getKey());
                boolean needed = required.contains(property.getKey())
                        && !property.getValue().path("nullable").asBoolean();
                String found = field == null ? "none" : GraphQLTypeUtil.simplePrint(field.getType());
                same(each.getKey() + "." + property.getKey(), type(property.getValue(), needed), found);
            }
        });
    }

    private static String type(JsonNode schema, boolean needed) {
        String mark = needed ? "!" : "";
        String format = schema.path("format").asText();
        if (schema.has("$ref")) {
            return schema.path("$ref").asText().replaceAll(".*/", "") + mark;
        }
        return switch (schema.path("type").asText()) {
            case "array" ->
                "["
                        + type(
                                schema.path("items"),
                                !schema.path("items").path("nullable").asBoolean()) + "]" + mark;
            case "integer" -> (format.equals("int64") ? "Long" : format.equals("int32") ? "Int" : "BigInteger") + mark;
            case "number" -> (Set.of("double", "float").contains(format) ? "Float" : "Decimal") + mark;
            case "boolean" -> "Boolean" + mark;
            default -> (format.equals("date") ? "Date" : format.equals("date-time") ? "DateTime" : "String") + mark;
        };
    }

    private void same(String what, String expected, String found) {
        if (!expected.equals(found)) {
            wrong.add(what + " must be " + expected + ", but is " + found);
        }
    }
}
