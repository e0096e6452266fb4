package dev.lintel.graphql.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Security;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What documents ask of callers. */
class SecurityReaderTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: shop, version: "1"}
            security: [{login: [read]}]
            paths:
              /whole: {get: {responses: {"200": {description: fine}}}}
              /open: {get: {security: [], responses: {"200": {description: fine}}}}
              /either:
                get:
                  security: [{login: [write, admin]}, {bearer: []}]
                  responses: {"200": {description: fine}}
              /key:
                get:
                  security: [{key: [], login: []}]
                  responses: {"200": {description: fine}}
              /anonymous:
                get:
                  security: [{login: [read]}, {}]
                  responses: {"200": {description: fine}}
              /query:
                get:
                  security: [{query: []}]
                  responses: {"200": {description: fine}}
              /broken:
                get:
                  security: [login]
                  responses: {"200": {description: fine}}
              /unknown:
                get:
                  security: [{nobody: []}]
                  responses: {"200": {description: fine}}
              /smuggling:
                get:
                  security: [{host: []}]
                  responses: {"200": {description: fine}}
            components:
              securitySchemes:
                login: {type: oauth2, flows: {}}
                bearer: {type: http, scheme: Bearer}
                key: {type: apiKey, in: header, name: X-Api-Key}
                query: {type: apiKey, in: query, name: key}
                host: {type: apiKey, in: header, name: Host}
            """;

    private final ApiModel model = OpenApiReader.read(OpenApi.of("shop.yaml", DOCUMENT));

    @Test
    void whatIsSaidForTheWholeDocumentCountsWhereAnOperationSaysNothing() {
        assertThat(security("/whole").tokens()).containsExactly(new TreeSet<>(Set.of("read")));
        assertThat(security("/whole").headers()).containsExactly("authorization");
        assertThat(security("/open")).isEqualTo(Security.NONE);
    }

    @Test
    void anyAlternativeWillDo() {
        assertThat(security("/either").tokens())
                .containsExactlyInAnyOrder(new TreeSet<>(Set.of("admin", "write")), new TreeSet<>());
        assertThat(security("/anonymous").tokens()).isEmpty();
    }

    @Test
    void keysTravelInTheirHeadersAndNotInQueries() {
        assertThat(security("/key").headers()).containsExactly("authorization", "x-api-key");
        assertThat(security("/key").tokens()).containsExactly(new TreeSet<>());
        assertThat(security("/query").headers()).isEmpty();
        assertThat(model.losses())
                .contains(new Loss(
                        Loss.Kind.UNUSED,
                        "#/components/securitySchemes/query",
                        "securitySchemes",
                        "a key in 'query' is not sent on"));
    }

    @Test
    void noDocumentNamesAHeaderThatBelongsToTheConnection() {
        assertThat(security("/smuggling").headers()).isEmpty();
        assertThat(model.losses().toString())
                .contains("#/components/securitySchemes/host securitySchemes: a key in 'header' is not sent on");
    }

    @Test
    void whatIsWrittenWronglyIsNotTakenForNothing() {
        assertThat(security("/broken").alternatives()).hasSize(1);
        assertThat(security("/broken").alternatives().get(0).needs()).hasSize(1);
        assertThat(model.losses().toString()).contains("security: an alternative is no object");
        assertThat(security("/unknown").alternatives().get(0).needs()).hasSize(1);
        assertThat(model.losses().toString()).contains("security: scheme 'nobody' is not declared");
    }

    @Test
    void swaggerSaysTheSameInOtherWords() {
        ApiModel old = OpenApiReader.read(OpenApi.of("old.yaml", """
                swagger: "2.0"
                info: {title: shop, version: "1"}
                paths:
                  /pets: {get: {security: [{login: [read]}], responses: {"200": {description: fine}}}}
                securityDefinitions:
                  login: {type: oauth2, flow: implicit, authorizationUrl: "https://id.example", scopes: {read: pets}}
                """));

        assertThat(old.operations().get(0).security().tokens()).containsExactly(new TreeSet<>(Set.of("read")));
    }

    private Security security(String path) {
        return model.operations().stream()
                .filter(operation -> operation.path().equals(path))
                .map(Operation::security)
                .findFirst()
                .orElseThrow();
    }
}
