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
