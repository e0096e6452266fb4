package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.execute.FieldGuard.Verdict;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask for which field is decided before anything is called. */
class FieldGuardTest extends ServedShop {
    private static final Map<String, String> SCOPES = Map.of(
            "Mutation.removeOrder",
            "admin",
            "Order.price",
            "prices",
            "Query.customer",
            "customers",
            "Card.last4",
            "cards");

    @BeforeEach
    void guard() {
        engine = engine.guard((type, field, caller) -> {
            String scope = SCOPES.get(type + "." + field);
            if (scope == null || caller.scopes().contains(scope)) {
                return Verdict.ALLOWED;
            }
            return caller.authenticated() ? Verdict.FORBIDDEN : Verdict.UNAUTHENTICATED;
        });
    }

    @Test
    void aRefusedFieldIsAnErrorAndTheRestGoesOn() {
        GraphAnswer answer = ask("{ ping customer(id: \"c1\") { id } order(id: 3) { id price } }", caller("other"));

        assertThat(text(answer))
                .isEqualTo(
                        "{\"data\":{\"ping\":true,\"customer\":null,\"order\":{\"id\":3,\"price\":null}},\"errors\":["
                                + "{\"message\":\"the caller may not ask for this field\",\"locations\":[{\"line\":1,\"column\":8}],"
                                + "\"path\":[\"customer\"],\"extensions\":{\"code\":\"FORBIDDEN\"}},"
                                + "{\"message\":\"the caller may not ask for this field\",\"locations\":[{\"line\":1,\"column\":52}],"
                                + "\"path\":[\"order\",\"price\"],\"extensions\":{\"code\":\"FORBIDDEN\"}}]}");
        assertThat(server.asked()).containsExactly("GET /orders/3", "GET /ping");
    }

    @Test
    void nothingOfAMutationIsDoneIfOneFieldIsRefused() {
        GraphAnswer answer = ask(
                "mutation { placeOrder(input: {customer_id: \"c1\"}) { id } ...Remove }"
                        + " fragment Remove on Mutation { gone: removeOrder(id: 1) @skip(if: true) }",
                GraphCaller.ANONYMOUS);

        assertThat(text(answer))
                .isEqualTo("{\"errors\":[{\"message\":\"only those who say who they are may ask for this field\","
                        + "\"locations\":[{\"line\":1,\"column\":100}],\"path\":[\"gone\"],"
                        + "\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]}");
        assertThat(answer.executed()).isFalse();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aFieldOfAVariantIsRefusedWhereverItIsAskedFor() {
        GraphAnswer answer =
                ask("{ orders { items { payment { ... on Card { last4 } ... on Transfer { iban } } } } }", caller());

        assertThat(answer.codes()).containsExactly("FORBIDDEN");
        assertThat(text(answer)).doesNotContain("4242").contains("{\"payment\":{\"iban\":\"DE1\"}}");
    }

    @Test
    void whoMayIsAnswered() {
        assertThat(text(ask("{ customer(id: \"c1\") { id } order(id: 3) { price } }", caller("customers", "prices"))))
                .isEqualTo("{\"data\":{\"customer\":{\"id\":\"c1\"},\"order\":{\"price\":null}}}");
    }

    @Test
    void theSchemaShowsWhatTheCallerMayAskFor() {
        String query = "{ __type(name: \"Query\") { fields { name } } }";
        String order = "{ __schema { types { name fields { name } } } }";

        assertThat(text(ask(query, caller()))).contains("\"order\"").doesNotContain("\"customer\"");
        assertThat(text(ask(query, caller("customers")))).contains("\"order\"", "\"customer\"");
        assertThat(text(ask(order, caller()))).contains("\"weight\"").doesNotContain("\"price\"");
        assertThat(text(ask(order, caller("prices")))).contains("\"weight\"", "\"price\"");
    }

    @Test
    void theSchemaCanBeKeptFromCallers() {
        GraphEngine closed = engine.guard(new FieldGuard() {
            @Override
            public Verdict check(String type, String field, GraphCaller caller) {
                return Verdict.ALLOWED;
            }

            @Override
            public boolean introspection(GraphCaller caller) {
                return caller.authenticated();
            }
        });

        String query = "{ ping __schema { queryType { name } } }";
        assertThat(text(closed.execute(GraphRequest.of(query), GraphCaller.ANONYMOUS)))
                .startsWith("{\"data\":{\"ping\":true,\"__schema\":null},\"errors\":[")
                .contains("\"path\":[\"__schema\"],\"extensions\":{\"code\":\"FORBIDDEN\"}");
        assertThat(text(closed.execute(GraphRequest.of(query), caller())))
                .isEqualTo("{\"data\":{\"ping\":true,\"__schema\":{\"queryType\":{\"name\":\"Query\"}}}}");
    }

    private GraphAnswer ask(String query, GraphCaller caller) {
        return engine.execute(GraphRequest.of(query), caller);
    }
}
