package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import dev.lintel.kubernetes.LiveObjects.Named;
import dev.lintel.mesh.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading objects by their names: few one by one, many by their list. */
class LiveObjectsTest {
    private static final String LIST = "/apis/networking.istio.io/v1/namespaces/shop/gateways";
    private static final List<Manifest> MANY =
            IntStream.range(0, 20).mapToObj(i -> gateway("shop", "g" + i)).toList();
    private static final Manifest ALONE = gateway("far", "g");

    @Test
    void manyInOneNamespaceAreListedPageByPageAndOthersAreLeftOut() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> call.contains("continue=more")
                ? Answer.ok("{\"items\": [" + item("shop", "g7") + "]}")
                : call.startsWith("GET " + LIST + "?")
                        ? Answer.ok("{\"metadata\": {\"continue\": \"more\"}, \"items\": [" + item("shop", "g3") + ","
                                + item("shop", "other") + "]}")
                        : call.equals("GET /apis/networking.istio.io/v1/namespaces/far/gateways/g")
                                ? Answer.ok(item("far", "g"))
                                : Answer.of(404, "not here"))) {
            List<Manifest> asked = new ArrayList<>(MANY);
            asked.add(5, ALONE);
            Named named = new LiveObjects(api.transport(), new Json()).named(asked);
            assertThat(named.problems()).isEmpty();
            for (int i = 0; i < asked.size(); i++) {
                boolean there = List.of("g3", "g7", "g").contains(asked.get(i).name());
                assertThat(named.objects().get(i).map(each -> each.namespace() + "/" + each.name()))
                        .as(asked.get(i).id())
                        .isEqualTo(
                                there
                                        ? Optional.of(asked.get(i).namespace() + "/"
                                                + asked.get(i).name())
                                        : Optional.empty());
            }
            assertThat(api.asked).hasSize(3);
        }
    }

    @Test
    void whereTheyMayNotBeListedEachIsAskedForByItsName() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> call.startsWith("GET " + LIST + "?")
                ? Answer.of(403, "may not")
                : call.endsWith("/g3") ? Answer.ok(item("shop", "g3")) : Answer.of(404, "not here"))) {
            Named named = new LiveObjects(api.transport(), new Json()).named(MANY);
            assertThat(named.problems()).isEmpty();
            assertThat(named.objects().stream().flatMap(each -> each.stream()).map(LiveObject::name))
                    .containsExactly("g3");
            assertThat(named.objects().get(3)).isPresent();
            assertThat(api.asked).hasSize(MANY.size() + 1);
        }
    }

    private static Manifest gateway(String namespace, String name) {
        return new Manifest(
                "networking.istio.io/v1", "Gateway", namespace, name, Map.of(), Map.of(), Map.of("servers", List.of()));
    }

    private static String item(String namespace, String name) {
        return "{\"metadata\": {\"namespace\": \"" + namespace + "\", \"name\": \"" + name + "\"}}";
    }
}
