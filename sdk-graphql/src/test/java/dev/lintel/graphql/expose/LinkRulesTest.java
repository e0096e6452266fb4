package dev.lintel.graphql.expose;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphPoliciesTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Policy;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A link is no way around what an operation asks of those who call it. */
class LinkRulesTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: people, version: "1"}
            paths:
              /people/{id}:
                get:
                  operationId: person
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses:
                    "200":
                      description: fine
                      content: {application/json: {schema: {$ref: "#/components/schemas/Person"}}}
                      links:
                        salary: {operationId: salary, parameters: {id: $response.body#/id}}
                        friends: {operationId: friends, parameters: {id: $response.body#/id}}
              /people/{id}/salary:
                get:
                  operationId: salary
                  security: [{login: [salary.read]}]
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: fine, content: {text/plain: {schema: {type: string}}}}}
              /people/{id}/friends:
                get:
                  operationId: friends
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: fine, content: {text/plain: {schema: {type: string}}}}}
            components:
              securitySchemes: {login: {type: oauth2, flows: {}}}
              schemas: {Person: {type: object, properties: {id: {type: string}}}}
            """;

    @Test
    void whatTheDocumentAsksHoldsOnEveryWay() {
        assertThat(asked("Query.salary")).hasToString("scope salary.read");
        assertThat(asked("Person.salary")).hasToString("scope salary.read");
        assertThat(asked("Person.friends")).isEqualTo(Requirement.PUBLIC);
    }

    @Test
    void whatTheDefinitionAsksHoldsOnEveryWay() {
        assertThat(asked("Person.friends", scopes("Query.friends", "friends.read")))
                .hasToString("scope friends.read");
        assertThat(asked("Person.friends", new GraphField("Query.friends", GraphField.Asks.DENIED, List.of())))
                .isEqualTo(Requirement.DENIED);
    }

    @Test
    void whatALinkItselfAsksComesOnTop() {
        assertThat(asked("Person.salary", scopes("Person.salary", "links"))).hasToString("scope links salary.read");
        assertThat(asked("Query.salary", scopes("Person.salary", "links"))).hasToString("scope salary.read");
    }

    private static GraphField scopes(String field, String scope) {
        return new GraphField(field, GraphField.Asks.SCOPES, List.of(scope));
    }

    private static Requirement asked(String part, Policy... policies) {
        List<Policy> all = new ArrayList<>(List.of(policies));
        all.add(GraphSource.openApi("people.yaml", DOCUMENT, service("people")));
        List<String> wrong = new ArrayList<>();
        Blueprint blueprint = BlueprintReader.read(
                        "people",
                        said(all.toArray(Policy[]::new)).policies(),
                        (said, code, message, hint) -> wrong.add(message))
                .orElseThrow();
        assertThat(wrong).isEmpty();
        assertThat(blueprint.rules().parts()).containsKey(part);
        return blueprint.rules().parts().get(part);
    }
}
