package dev.lintel.graphql.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.execute.ShopDocument;
import dev.lintel.graphql.execute.ShopServer;
import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A check that compares a service with its graph finds nothing wrong, and each mistake that is put in. */
class SelfCheckTest {
    private static final Graph GRAPH = ShopDocument.graph();
    private static final String SCHEMAS = "#/components/schemas/";

    private ShopServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ShopServer()
                .answering(
                        "GET /orders?page-size=2&state=new",
                        "{\"items\": [{\"id\": 2, \"state\": \"new\", \"payment\": {\"kind\": \"transfer\","
                                + " \"iban\": \"DE1\"}}], \"total\": 1}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nothingDiffersAsItIs() {
        SelfReport report = check().run();

        assertThat(report.differences()).isEmpty();
        assertThat(report.operations().values()).containsOnly("same");
        assertThat(report.operations()).hasSize(7);
        assertThat(report.uncovered()).containsExactly("OrderPage.next_page");
        assertThat(report.covered()).hasSize(22);
        assertThat(report).asString().endsWith(report.values() + " values compared, 22 of 23 properties covered\n");
    }

    @Test
    void whatCannotBeAskedIsSkippedWithTheReason() {
        SelfReport report =
                check().given("GET /customers/{id}", Map.of("id", "nobody")).run();

        assertThat(report.operations()).containsEntry("GET /customers/{id}", "skipped: the service answered 404");
        assertThat(report.same()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> whatIsPutInIsFound() {
        Map<String, UnaryOperator<Graph>> bugs = new LinkedHashMap<>();
        bugs.put(
                "two fields with each other's names",
                names("field " + SCHEMAS + "Order price", "field " + SCHEMAS + "Order weight"));
        bugs.put(
                "two values with each other's names",
                names("value " + SCHEMAS + "State on-hold", "value " + SCHEMAS + "State true"));
        bugs.put(
                "two operations with each other's names", names("query GET /orders/{id}", "query GET /customers/{id}"));
        bugs.put("64 bits read as 32", property("Order", "id", Use.of(Kind.INT, false)));
        bugs.put("a decimal read as a whole number", property("Order", "price", Use.of(Kind.INTEGER, false)));
        bugs.put("a moment read as a day", property("Order", "placed", Use.of(Kind.DATE, false)));
        bugs.put("a list read as a single value", property("Order", "notes", Use.of(Kind.STRING, false)));
        bugs.put(
                "a map read as JSON of other names",
                property("Order", "labels", new Use(new Shape.Named(SCHEMAS + "Card"), false)));
        bugs.put("variants that are mixed up", model(SelfCheckTest::mixed));
        bugs.put("an array written in another style", operations(SelfCheckTest::exploded));
        bugs.put("a text read as JSON", operations(SelfCheckTest::spoken));
        bugs.put(
                "an answer without content that has one",
                operations(o -> o.path().equals("/note") ? o.answer(new Answer("204", "", null)) : o));
        return bugs.entrySet().stream()
                .map(bug -> DynamicTest.dynamicTest(bug.getKey(), () -> {
                    GraphEngine wrong = GraphEngine.of(bug.getValue().apply(GRAPH), server);
                    assertThat(check().engine(wrong).run().differences()).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> answersThatAreChangedOnTheWayAreFound() {
        Map<String, UnaryOperator<String>> bugs = new LinkedHashMap<>();
        bugs.put("64 bits through a double", text -> text.replace("9007199254740993", "9007199254740992"));
        bugs.put("decimals through a double", text -> text.replace("0.1000000000000000000001", "0.1"));
        bugs.put("keys of maps as names", text -> text.replace("b-c", "b_c"));
        bugs.put("a flag turned round", text -> text.replace("\"vip\": false", "\"vip\": true"));
        return bugs.entrySet().stream()
                .map(bug -> DynamicTest.dynamicTest(bug.getKey(), () -> {
                    GraphEngine wrong = GraphEngine.of(GRAPH, changed(bug.getValue()));
                    assertThat(check().engine(wrong).run().differences()).isNotEmpty();
                }));
    }

    private SelfCheck check() {
        return SelfCheck.of(GRAPH, server);
    }

    private Upstream changed(UnaryOperator<String> change) {
        return request -> {
            UpstreamAnswer answer = server.call(request);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return new UpstreamAnswer(
                    answer.status(), answer.headers(), change.apply(text).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static UnaryOperator<Graph> names(String one, String other) {
        return graph -> {
            TreeMap<String, String> names =
                    new TreeMap<>(graph.schema().names().toLock().names());
            String former = names.get(one);
            names.put(one, names.get(other));
            names.put(other, former);
            return graph.locked(new NameLock(names));
        };
    }

    private static UnaryOperator<Graph> model(UnaryOperator<ApiModel> change) {
        return graph -> new Graph(graph.name(), change.apply(graph.model()), graph.settings(), graph.lock());
    }

    private static UnaryOperator<Graph> operations(UnaryOperator<Operation> change) {
        return model(model -> new ApiModel(
                model.operations().stream().map(change).toList(), model.types(), model.losses(), model.declared()));
    }

    private static UnaryOperator<Graph> property(String type, String name, Use use) {
        return model(model -> {
            TreeMap<String, Definition> types = new TreeMap<>(model.types());
            Definition.Fields fields = (Definition.Fields) model.definition(SCHEMAS + type);
            List<Property> properties = fields.properties().stream()
                    .map(p -> !p.name().equals(name)
                            ? p
                            : new Property(
                                    name, use, false, p.direction(), p.hasDefault(), p.description(), p.deprecated()))
                    .toList();
            types.put(
                    fields.id(),
                    new Definition.Fields(
                            fields.id(),
                            fields.hint(),
                            fields.description(),
                            properties,
                            fields.subtypes(),
                            fields.discriminator()));
            return new ApiModel(model.operations(), types, model.losses(), model.declared());
        });
    }

    private static ApiModel mixed(ApiModel model) {
        TreeMap<String, Definition> types = new TreeMap<>(model.types());
        types.replaceAll((id, type) -> type instanceof Definition.Variants v
                ? new Definition.Variants(
                        v.id(),
                        v.hint(),
                        v.description(),
                        v.members(),
                        Discriminator.of("kind", Map.of("card", SCHEMAS + "Transfer", "transfer", SCHEMAS + "Card")))
                : type);
        return new ApiModel(model.operations(), types, model.losses(), model.declared());
    }

    private static Operation exploded(Operation o) {
        List<Parameter> parameters = o.parameters().stream()
                .map(p -> !p.name().equals("ids")
                        ? p
                        : new Parameter(p.name(), p.place(), p.required(), p.use(), p.style(), true, false, false, ""))
                .toList();
        return new Operation(
                o.method(), o.path(), o.hint(), o.description(), o.deprecated(), parameters, o.body(), o.answer());
    }

    private static Operation spoken(Operation o) {
        return o.path().equals("/note")
                ? o.answer(new Answer("200", "application/json", o.answer().use()))
                : o;
    }
}
