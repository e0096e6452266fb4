package dev.lintel.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A check that knows what a schema must be finds nothing wrong with it, and finds each mistake that is put in. */
class SeededBugTest {
    private static final String DOCUMENT = """
            {"openapi": "3.0.0", "paths": {
              "/users": {"get": {"operationId": "users",
                "parameters": [{"name": "since", "in": "query", "required": true, "schema": {"type": "string", "format": "date"}}],
                "responses": {"200": {"content": {"application/json":
                  {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/User"}}}}}}}},
              "/orders": {"get": {"operationId": "orders",
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}}},
             "components": {"schemas": {
               "User": {"type": "object", "required": ["id", "note"], "properties": {
                 "id": {"type": "integer", "format": "int64"}, "name": {"type": "string"},
                 "note": {"type": "string", "nullable": true}, "orders": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}},
               "Order": {"type": "object", "required": ["total"], "properties": {
                 "total": {"type": "number"}, "placed": {"type": "string", "format": "date-time"}, "by": {"$ref": "#/components/schemas/User"}}}}}}
            """;

    @Test
    void nothingIsWrongAsItIs() throws IOException {
        assertThat(wrong(model -> model)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatIsPutInIsFound() {
        Map<String, UnaryOperator<ApiModel>> bugs = new LinkedHashMap<>();
        bugs.put("User.id must be Long!, but is Long", properties("id", p -> with(p, p.use(), false)));
        bugs.put(
                "Order.total must be Decimal!, but is Float!",
                properties("total", p -> with(p, Use.of(Kind.FLOAT, false), true)));
        bugs.put("Order must be 3, but is 2", properties("placed", p -> null));
        bugs.put("Order.by must be User, but is Order", properties("by", p -> with(p, named("Order"), false)));
        bugs.put(
                "User.orders must be \\[Order!\\], but is Order",
                properties("orders", p -> with(p, named("Order"), false)));
        bugs.put("users must be \\[User!\\], but is Order", operations(o -> answer(o, named("Order"))));
        bugs.put("users.since must be Date!, but is none", operations(o -> parameters(o, List.of())));
        bugs.put("users.since must be Date!, but is String!", operations(SeededBugTest::textual));
        bugs.put(
                "no field for get /orders",
                model -> new ApiModel(
                        model.operations().subList(1, 2), model.types(), model.losses(), model.declared()));
        bugs.put("users means must be GET /users, but is GET /orders", SeededBugTest::swapped);
        bugs.put(
                "User.id must be Long!, but is Float!",
                properties("id", p -> with(p, Use.of(Kind.FLOAT, false), true)));
        bugs.put(
                "User.note must be String, but is String!",
                properties("note", p -> with(p, Use.of(Kind.STRING, false), true)));
        return bugs.entrySet().stream()
                .map(bug -> DynamicTest.dynamicTest(
                        bug.getKey(),
                        () -> assertThat(wrong(bug.getValue()))
                                .anySatisfy(found -> assertThat(found).matches(bug.getKey()))));
    }

    private static List<String> wrong(UnaryOperator<ApiModel> bug) throws IOException {
        JsonNode document = new ObjectMapper().readTree(DOCUMENT);
        Graph graph = Graph.of("checked").from(OpenApi.of("document", DOCUMENT));
        return MappingCheck.wrong(
                document, new Graph("checked", bug.apply(graph.model()), graph.settings(), graph.lock()).schema());
    }

    private static UnaryOperator<ApiModel> properties(String name, UnaryOperator<Property> change) {
        return model -> {
            TreeMap<String, Definition> types = new TreeMap<>();
            model.types().forEach((id, type) -> {
                Definition.Fields fields = (Definition.Fields) type;
                List<Property> properties = new ArrayList<>();
                for (Property property : fields.properties()) {
                    Property changed = property.name().equals(name) ? change.apply(property) : property;
                    if (changed != null) {
                        properties.add(changed);
                    }
                }
                types.put(id, new Definition.Fields(id, fields.hint(), "", properties, List.of(), null));
            });
            return new ApiModel(model.operations(), types, model.losses(), model.declared());
        };
    }

    private static Property with(Property property, Use use, boolean required) {
        return new Property(property.name(), use, required, property.direction(), false, "", false);
    }

    private static Use named(String schema) {
        return new Use(new Shape.Named("#/components/schemas/" + schema), false);
    }

    private static UnaryOperator<ApiModel> operations(UnaryOperator<Operation> change) {
        return model -> new ApiModel(
                model.operations().stream().map(change).toList(), model.types(), model.losses(), model.declared());
    }

    private static Operation answer(Operation o, Use use) {
        return operation(o, o.path(), o.parameters(), new Answer("200", "application/json", use));
    }

    private static Operation parameters(Operation o, List<Parameter> parameters) {
        return operation(o, o.path(), parameters, o.answer());
    }

    private static Operation textual(Operation o) {
        return parameters(
                o,
                o.parameters().stream()
                        .map(p -> new Parameter(
                                p.name(), p.place(), true, Use.of(Kind.STRING, false), "form", true, false, false, ""))
                        .toList());
    }

    private static ApiModel swapped(ApiModel model) {
        Operation orders = model.operations().get(0);
        Operation users = model.operations().get(1);
        List<Operation> swapped = List.of(
                operation(orders, users.path(), orders.parameters(), orders.answer()),
                operation(users, orders.path(), users.parameters(), users.answer()));
        return new ApiModel(swapped, model.types(), model.losses(), model.declared());
    }

    private static Operation operation(Operation o, String path, List<Parameter> parameters, Answer answer) {
        return new Operation(o.method(), path, o.hint(), "", false, parameters, o.body(), answer);
    }
}
