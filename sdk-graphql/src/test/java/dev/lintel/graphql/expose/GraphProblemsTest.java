package dev.lintel.graphql.expose;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphPoliciesTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Policy;
import dev.lintel.core.SecretRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is wrong with a graph is told where it was said. */
class GraphProblemsTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: catalog, version: "1"}
            paths:
              /items: {get: {operationId: items, responses: {"200": {description: fine}}}}
              /refunds:
                post: {operationId: refund, security: [{login: [write]}], responses: {"200": {description: fine}}}
              /animals:
                get:
                  operationId: animals
                  responses:
                    "200":
                      description: fine
                      content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}
            components:
              securitySchemes: {login: {type: oauth2, flows: {}}}
              schemas:
                Animal:
                  type: object
                  properties: {kind: {type: string}, owner: {type: string}}
                  discriminator: {propertyName: kind}
                Dog: {allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {bark: {type: string}}}]}
                Cat: {allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {meow: {type: string}}}]}
            """;
    private static final GraphSource CATALOG = GraphSource.openApi("catalog.yaml", DOCUMENT, service("catalog"));
    private static final OAuth2 TOKENS = OAuth2.oauth2("https://id.example");

    @Test
    void aFieldThatIsNotThereIsToldWithTheNearest() {
        assertThat(problems(TOKENS, CATALOG, scope("Mutation.refunt", "a")))
                .containsExactly("graphql.field Graph.java:12 the graph has no field 'Mutation.refunt' | did you mean"
                        + " 'Mutation.refund'?");
    }

    @Test
    void scopesNeedSomebodyWhoVerifiesTokens() {
        assertThat(problems(
                        CATALOG,
                        scope("Query.items", "a"),
                        GraphIntrospection.forScope("schema"),
                        new GraphField("Query.animals", GraphField.Asks.DENIED, List.of())))
                .containsExactly(
                        "graphql.unverified Graph.java:11 field 'Query.items' asks for scope a, but tokens are not"
                                + " verified | say who issues tokens: withOAuth2(…)",
                        "graphql.unverified Graph.java:12 introspection asks for scope schema, but tokens are not"
                                + " verified | say who issues tokens: withOAuth2(…)",
                        "graphql.unverified Graph.java:10 'catalog.yaml' asks for tokens at POST /refunds, but tokens"
                                + " are not verified | say who issues tokens: withOAuth2(…), or leave it to the service"
                                + " alone: openApi(…).ignoreSecurity()");
        assertThat(problems(CATALOG.ignoreSecurity())).isEmpty();
    }

    @Test
    void servicesThatClaimTheSameNamesNeedNames() {
        GraphSource other = GraphSource.openApi("other.yaml", DOCUMENT, service("other"));

        assertThat(problems(TOKENS, CATALOG, other))
                .containsExactly("graphql.collision Graph.java:12 service 'other' has what another service of the graph"
                        + " has: Animal of catalog, Cat of catalog, Dog of catalog and 3 more | give one of them a name,"
                        + " with which its types and fields begin: openApi(…).named(\"…\")");
        assertThat(problems(TOKENS, CATALOG, other.named("more"))).isEmpty();
    }

    @Test
    void whatIsSaidAboutGraphsNeedsAGraph() {
        assertThat(problems(new GraphLimit(GraphLimit.What.DEPTH, 3)))
                .containsExactly("graphql.none Graph.java:10 is said about an API that is no graph | say which services"
                        + " it has: Api.graphql(…).from(openApi(…))");
    }

    @Test
    void aStoredDocumentThatCannotBeReadIsAProblem() {
        GraphSource broken = new GraphSource(service("b"), "", "b.yaml", "openapi: 9", GraphTokens.FORWARD, false);

        assertThat(problems(broken)).singleElement().asString().startsWith("graphql.version Graph.java:10 b.yaml is ");
    }

    @Test
    void aServiceIsSaidOnce() {
        assertThat(problems(TOKENS, CATALOG, CATALOG.named("again")))
                .singleElement()
                .asString()
                .startsWith("policy.twice Graph.java:12 'catalog' is said twice");
    }

    @Test
    void theModelServesOnePathAndNamesWhatEachFieldAsks() {
        MeshModel model = compiled(TOKENS, CATALOG, scope("Mutation.refund", "admin"), scope("Animal.owner", "owners"));
        FrontRule front = Objects.requireNonNull(model.apis().get(0).front());

        assertThat(model.apis().get(0).entry().paths()).hasToString("[/graphql/**]");
        assertThat(front.services()).containsExactly(service("catalog"));
        assertThat(front.parts())
                .hasEntrySatisfying("Mutation.refund", asks -> assertThat(asks).hasToString("scope write admin"))
                .hasEntrySatisfying("Query.items", asks -> assertThat(asks).hasToString("public"))
                .hasEntrySatisfying("__schema", asks -> assertThat(asks).hasToString("public"));
        assertThat(front.files()).containsOnlyKeys("graph.yaml");
    }

    @Test
    void tokensOfCallersWhomNobodyVerifiesAreNotExchanged() {
        GraphClient client =
                GraphClient.client("https://id.example", "graph", SecretRef.secretRef("shop", "graph", "secret"));
        GraphSource exchanges = CATALOG.ignoreSecurity().exchangeToken(client, "catalog");

        assertThat(problems(exchanges))
                .containsExactly(
                        "graphql.unverified Graph.java:10 'catalog.yaml' has tokens of callers exchanged, but tokens"
                                + " are not verified, so that none would be | say who issues tokens: withOAuth2(…)");
        assertThat(problems(TOKENS, exchanges)).isEmpty();
    }

    @Test
    void documentsThatAreNotKnownAreAPartOfTheirOwn() {
        GraphDocuments trusted = new GraphDocuments(Map.of("items", "{ items { id } }"), true);

        assertThat(Objects.requireNonNull(
                                compiled(TOKENS, CATALOG).apis().get(0).front())
                        .parts())
                .containsEntry("__documents", Requirement.PUBLIC);
        assertThat(Objects.requireNonNull(
                                compiled(TOKENS, CATALOG, trusted).apis().get(0).front())
                        .parts())
                .containsEntry("__documents", Requirement.DENIED);
    }

    @Test
    void theSecretsOfItsClientsAreNeeded() {
        SecretRef place = SecretRef.secretRef("shop", "graph", "secret");
        GraphClient client = GraphClient.client("https://id.example", "graph", place);
        FrontRule gets = Objects.requireNonNull(
                compiled(TOKENS, CATALOG.ownToken(client)).apis().get(0).front());
        FrontRule forwards =
                Objects.requireNonNull(compiled(TOKENS, CATALOG).apis().get(0).front());

        assertThat(gets.secrets()).containsExactly(place);
        assertThat(forwards.secrets()).isEmpty();
    }

    @Test
    void aFieldOfAnInterfaceIsThatOfAllItsObjects() {
        FrontRule front = Objects.requireNonNull(compiled(TOKENS, CATALOG, scope("Animal.owner", "owners"))
                .apis()
                .get(0)
                .front());

        assertThat(front.parts().entrySet().stream()
                        .filter(part -> part.getKey().endsWith(".owner"))
                        .map(Object::toString))
                .containsExactlyInAnyOrder(
                        "Animal.owner=scope owners",
                        "Cat.owner=scope owners",
                        "Dog.owner=scope owners",
                        "OtherAnimal.owner=scope owners");
    }

    @Test
    void whoeverServesTheGraphFindsInTheRuleWhatWasSaid() {
        FrontRule front = Objects.requireNonNull(compiled(TOKENS, CATALOG, new GraphLimit(GraphLimit.What.COST, 7))
                .apis()
                .get(0)
                .front());

        Blueprint blueprint = GraphFrontProvider.blueprint(front);

        assertThat(blueprint.limits().calls()).isEqualTo(7);
        assertThat(blueprint.rules().parts()).isEqualTo(front.parts());
        assertThat(blueprint.path()).isEqualTo("/graphql");
        assertThat(blueprint.asksForTokens()).isTrue();
    }

    private static GraphField scope(String field, String... scopes) {
        return new GraphField(field, GraphField.Asks.SCOPES, List.of(scopes));
    }

    private static MeshModel compiled(Policy... policies) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(said(policies)), new World("localhost"));
        assertThat(compiled.problems()).isEmpty();
        return compiled.model();
    }

    private static List<String> problems(Policy... policies) {
        ApiDefinition said = said(policies);
        return new ModelCompiler(Kinds.installed())
                .check(said).stream()
                        .map(problem -> problem.code() + " " + problem.origin() + " " + problem.message() + " | "
                                + problem.hint())
                        .toList();
    }
}
