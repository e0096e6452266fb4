package dev.lintel.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Loss;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each keyword of a schema is mapped, says nothing about values, or is listed. */
class LossTest {
    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"content":
            {"application/json": {"schema": {"type": "object", "properties": {"p": {"type": "string", %s}}}}}}}}}}}
            """;
    private static final String PLACE = "#/paths/~1a/get/responses/200/properties/p";

    @TestFactory
    Stream<DynamicTest> whatNarrowsValuesIsUnchecked() {
        return Stream.of(
                        "\"minLength\": 1",
                        "\"maxLength\": 1",
                        "\"pattern\": \"a\"",
                        "\"not\": {}",
                        "\"if\": {}",
                        "\"then\": {}",
                        "\"else\": {}",
                        "\"minimum\": 1",
                        "\"exclusiveMaximum\": 1",
                        "\"multipleOf\": 2",
                        "\"uniqueItems\": true",
                        "\"minProperties\": 1",
                        "\"contains\": {}",
                        "\"propertyNames\": {}",
                        "\"patternProperties\": {}",
                        "\"dependentRequired\": {}",
                        "\"unevaluatedProperties\": false",
                        "\"contentEncoding\": \"base64\"")
                .map(said -> DynamicTest.dynamicTest(
                        said,
                        () -> assertThat(losses(said))
                                .containsExactly(new Loss(
                                        Loss.Kind.UNCHECKED,
                                        PLACE,
                                        said.split("\"")[1],
                                        "only the service checks it"))));
    }

    @Test
    void aPropertyThatIsRequiredAndNotThereIsListed() {
        String document = DOCUMENT.replace("\"properties\"", "\"required\": [\"p\", \"q\"], \"properties\"")
                .formatted("\"nullable\": false");

        assertThat(Graph.of("a").from(OpenApi.of("a", document)).schema().losses())
                .contains(new Loss(
                        Loss.Kind.UNUSED,
                        PLACE.substring(0, PLACE.indexOf("/properties")),
                        "required",
                        "there is no property 'q'"))
                .noneMatch(loss -> loss.reason().contains("'p'"));
    }

    /** OpenAPI says each of one operation alone; a name or a path of two is a mistake that the graph would hide. */
    @Test
    void whatTwoOperationsHaveThatOneIsToHaveIsListed() {
        String document = """
                {"openapi": "3.0.0", "paths": {
                "/b/{id}": {"get": {"operationId": "list-pets"}, "post": {"operationId": "list-pets"}},
                "/a": {"get": {"operationId": "listPets"}},
                "/c": {"get": {"operationId": "other"}, "put": {}},
                "/b/{name}": {"get": {"operationId": "pet"}},
                "/b/{name}/x": {"get": {"operationId": "petX"}}}}
                """;

        assertThat(Graph.of("a").from(OpenApi.of("a", document)).schema().losses().stream()
                        .filter(loss -> loss.construct().equals("operationId")
                                || loss.construct().equals("path"))
                        .map(Loss::toString))
                .containsExactly(
                        "UNUSED GET /b/{id} operationId: 'list-pets' names GET /a, and this is called by method and path",
                        "UNUSED GET /b/{name} path: differs from GET /b/{id} by words in braces alone, and is the same path:"
                                + " both are fields");
    }

    @Test
    void whatIsNoKeywordIsListed() {
        assertThat(losses("\"colour\": 1"))
                .containsExactly(new Loss(Loss.Kind.UNUSED, PLACE, "colour", "is no keyword of a schema"));
    }

    @Test
    void whatIsMappedOrAnnotatesIsNotListed() {
        assertThat(losses(
                        "\"title\": \"t\", \"description\": \"d\", \"example\": 1, \"x-mine\": 1, \"deprecated\": true,"
                                + " \"format\": \"date\", \"readOnly\": true, \"default\": \"d\", \"nullable\": true"))
                .isEmpty();
    }

    private static List<Loss> losses(String keyword) {
        return Graph.of("losses")
                .from(OpenApi.of("document", DOCUMENT.replace("%s", keyword)))
                .losses();
    }
}
