package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.upstream.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is foretold is never less than what is made, and what is sent is what was explained. */
class CostTest extends ServedShop {
    private static final long SEED = 20_261_128;

    @Test
    void randomQueriesNeedNoMoreThanWasForetold() throws IOException {
        Random random = new Random(SEED);
        GraphLimits limits = GraphLimits.DEFAULT.items(3);
        List<GraphEngine> engines = List.of(
                engine.limits(limits),
                engine.limits(limits).bulk(new BulkRule("GET /customers/{id}", "GET /customers", "ids", "id", 2)));
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder query = new StringBuilder("{ ping");
            for (int fields = random.nextInt(5); fields >= 0; fields--) {
                root(query, random);
            }
            String text = query.append(" }").toString();
            GraphRequest request = new GraphRequest(text, null, Map.of(), Map.of("cost", true));
            GraphEngine one = engines.get(i % 2);

            Map<?, ?> cost = cost(one.execute(request, GraphCaller.ANONYMOUS));

            List<String> asked = server.asked();
            String told = "seed " + SEED + ", " + text;
            assertThat(((Number) cost.get("foretold")).intValue()).as(told).isGreaterThanOrEqualTo(asked.size());
            assertThat(cost.get("made")).as(told).isEqualTo(asked.size());
            assertThat(asked).as(told).doesNotHaveDuplicates();
            explained(one.explain(request, GraphCaller.ANONYMOUS), asked, told);
            boolean unusedNews = seen.add(asked.size());
        }
        assertThat(seen).hasSizeGreaterThan(4);
    }

    private static void explained(GraphExplanation explanation, List<String> asked, String told) {
        List<String> exact = explanation.calls().stream()
                .filter(call -> !call.depends())
                .map(call -> call.method() + " " + call.target())
                .toList();
        assertThat(asked).as(told).containsAll(exact);
        for (String sent : asked) {
            boolean template = explanation.calls().stream()
                    .filter(GraphExplanation.Call::depends)
                    .map(call -> call.method() + " "
                            + call.target().substring(0, call.target().indexOf('{')))
                    .anyMatch(sent::startsWith);
            assertThat(exact.contains(sent) || template)
                    .as(told + " sent " + sent)
                    .isTrue();
        }
    }

    private static void root(StringBuilder query, Random random) {
        String alias = " a" + query.length() + ": ";
        switch (random.nextInt(4)) {
            case 0 ->
                query.append(alias)
                        .append("customer(id: \"c")
                        .append(1 + random.nextInt(2))
                        .append("\") { id }");
            case 1 -> query.append(alias).append("note");
            case 2 ->
                order(
                        query.append(alias)
                                .append("order(id: ")
                                .append(2 + random.nextInt(2))
                                .append(")"),
                        random);
            default -> {
                query.append(alias).append("orders { items");
                order(query, random);
                query.append(" }");
            }
        }
    }

    private static void order(StringBuilder query, Random random) {
        query.append(" { id");
        for (int links = random.nextInt(3); links > 0; links--) {
            query.append(" b").append(query.length()).append(": ");
            query.append(random.nextBoolean() ? "buyer { vip }" : "history");
        }
        query.append(" }");
    }

    private static Map<?, ?> cost(GraphAnswer answer) throws IOException {
        Map<?, ?> whole = (Map<?, ?>) Json.read(answer.json());
        return (Map<?, ?>) ((Map<?, ?>) whole.get("extensions")).get("cost");
    }
}
