package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What this dialect wrote is read as well when nothing tells that it did: requests are decided alike, or it is said. */
class StrippedTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final int MODELS = 300;
    private static final int REQUESTS = 30;

    @Test
    void requestsThatEnterAreDecidedAlikeOrTheDifferenceIsTold() {
        List<String> different = new ArrayList<>();
        int alike = 0;
        int told = 0;
        for (int seed = 1; seed <= MODELS; seed++) {
            MeshModel model = new RandomModels(seed).model();
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                continue;
            }
            Read read = DIALECT.read(stripped(written.manifests()));
            boolean exact = read.problems().stream()
                    .allMatch(problem -> List.of(Fields.TRAVELS, Fields.INSIDE).contains(problem.code()));
            if (!exact) {
                told++;
                continue;
            }
            alike++;
            Comparison comparison = new Comparison(model, read.model());
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < REQUESTS; i++) {
                RequestValue request = requests.request(model);
                if (request.via() == Via.MESH || comparison.isListed(request)) {
                    continue;
                }
                String meant = place(comparison.first(request, i));
                String shown = place(comparison.second(request, i));
                if (!meant.equals(shown)) {
                    different.add("seed " + seed + " " + request + ": " + meant + ", but " + shown);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(alike + told).isGreaterThan(MODELS / 2);
        assertThat(alike).as("models read exactly, %d told", told).isGreaterThan(20);
    }

    private static String place(String words) {
        return words.startsWith("to ") ? "to " + words.split(" ", -1)[1] : words;
    }

    private static List<Manifest> stripped(List<Manifest> written) {
        List<Manifest> stripped = new ArrayList<>();
        for (Manifest one : written) {
            boolean named = List.of(Meta.GATEWAY, Meta.VIRTUAL_SERVICE).contains(one.kind());
            String name = named ? one.name() : "object-" + stripped.size();
            stripped.add(
                    new Manifest(one.apiVersion(), one.kind(), one.namespace(), name, Map.of(), Map.of(), one.spec()));
        }
        return stripped;
    }
}
