package dev.lintel.graphql.change;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;

/** A document with something of everything, and what becomes of it by single edits. */
final class Documents {
    static final ObjectMapper JSON = new ObjectMapper();

    static final String BASE = """
            {"openapi": "3.0.0", "paths": {
              "/pets": {
                "get": {"operationId": "pets", "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "format": "int32"}},
                    {"name": "colour", "in": "query", "required": true, "schema": {"$ref": "#/components/schemas/Colour"}}],
                  "responses": {"200": {"content": {"application/json":
                    {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}},
                "post": {"operationId": "addPet",
                  "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewPet"}}}},
                  "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}},
              "/things/{id}": {"get": {"operationId": "thing",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "components": {"schemas": {
               "Colour": {"type": "string", "enum": ["red", "blue", "on-leave"]},
               "Size": {"type": "string", "enum": ["small", "big"]},
               "Pet": {"type": "object", "required": ["id"], "properties": {
                 "id": {"type": "integer", "format": "int64"}, "name": {"type": "string"}, "size": {"$ref": "#/components/schemas/Size"},
                 "tags": {"type": "array", "items": {"type": "string"}}}},
               "NewPet": {"type": "object", "required": ["name"], "properties": {
                 "name": {"type": "string"}, "size": {"$ref": "#/components/schemas/Size"}, "colour": {"$ref": "#/components/schemas/Colour"}}},
               "Cat": {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer", "format": "int32"}}},
               "Dog": {"type": "object", "required": ["barks"], "properties": {"barks": {"type": "boolean"}}},
               "Cow": {"type": "object", "required": ["milk"], "properties": {"milk": {"type": "number"}}},
               "Thing": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]}}}}
            """;

    private Documents() {}

    static JsonNode base() {
        return read(BASE);
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Graph graph(JsonNode document) {
        return Graph.of("pets").from(OpenApi.of("document", document.toString()));
    }

    /** Each edit is a JSON pointer, then a value, or nothing to remove what is there. */
    static JsonNode edited(String... edits) {
        JsonNode document = base();
        for (String edit : edits) {
            int end = edit.indexOf(' ');
            String pointer = end < 0 ? edit : edit.substring(0, end);
            JsonPointer at = JsonPointer.compile(pointer);
            JsonNode parent = document.at(at.head());
            String key = at.last().getMatchingProperty();
            JsonNode value = end < 0 ? null : read(edit.substring(end + 1));
            if (parent instanceof ArrayNode list) {
                int index = at.last().getMatchingIndex();
                JsonNode unusedOld = value == null
                        ? list.remove(index)
                        : index < list.size() ? list.set(index, value) : list.add(value);
            } else {
                ObjectNode object = (ObjectNode) parent;
                JsonNode unusedOld = value == null ? object.remove(key) : object.set(key, value);
            }
        }
        return document;
    }
}
