package dev.lintel.judges.graphql;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import dev.lintel.judges.node.Verdict;
import dev.lintel.sdk.Api;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** A graph that our gateway serves, judged by the public audits of GraphQL over HTTP. */
@ExtendWith(Judging.class)
class GraphJudgedTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: Pets, version: "1"}
            paths:
              /pets/{id}:
                get:
                  operationId: pet
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                  responses:
                    "200":
                      description: One
                      content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
              /pets:
                post:
                  operationId: addPet
                  responses: {"204": {description: Added}}
            """;

    /** So many has graphql-http 1.23.1: fewer would mean that some were not asked. */
    private static final int AUDITS = 61;

    @TestFactory
    Stream<DynamicTest> graphqlHttpFindsOurGatewayGood(Scripts scripts) {
        try (Gateway gateway = Gateway.start(settings -> settings)) {
            gateway.workload(
                    "pets-rest.shop", Workload.function(request -> Reply.ok("").json("{\"name\":\"Rex\"}")));
            gateway.apply(gateway.plan(Api.graphql("pets")
                    .from(openApi("pets.yaml", DOCUMENT, service("pets-rest")))
                    .inNamespace("shop")
                    .define()));
            List<Verdict> verdicts = scripts.judge(
                    "graphql-http",
                    Map.of("url", gateway.uri("pets.shop").resolve("/graphql").toString()));
            return Stream.concat(
                    Stream.of(DynamicTest.dynamicTest(
                            "all audits are there", () -> assertThat(verdicts).hasSize(AUDITS))),
                    verdicts.stream()
                            .map(verdict -> DynamicTest.dynamicTest(
                                    verdict.name(),
                                    () -> assertThat(verdict.passed())
                                            .as(verdict.message())
                                            .isTrue())));
        }
    }
}
