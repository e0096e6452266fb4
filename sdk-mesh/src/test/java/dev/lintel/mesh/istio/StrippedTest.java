package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
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
            Read read = DIALECT.read(stripped(model, written.manifests()));
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
        assertThat(alike).as("models read exactly, %d told", told).isGreaterThan((alike + told) / 2);
    }

    /** Verdict, API, version and path; a version is told by its workloads, as nothing tells what it was called. */
    private static String place(String words) {
        int end = words.indexOf(" copied to ");
        return (end < 0 ? words : words.substring(0, end)).replaceAll("name=[^,]*, ", "");
    }

    /** The objects without what tells whose they are, beside the services of the cluster that they name. */
    static List<Manifest> stripped(MeshModel model, List<Manifest> written) {
        List<Manifest> stripped = new ArrayList<>(services(model));
        for (Manifest one : written) {
            boolean named = List.of(Meta.GATEWAY, Meta.VIRTUAL_SERVICE).contains(one.kind());
            String name = named ? one.name() : "object-" + stripped.size();
            stripped.add(
                    new Manifest(one.apiVersion(), one.kind(), one.namespace(), name, Map.of(), Map.of(), one.spec()));
        }
        return stripped;
    }

    private static List<Manifest> services(MeshModel model) {
        List<Manifest> services = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            services.add(service(api, api.service().name(), api.service().labels()));
            for (Version version : api.service().versions()) {
                if (version.service() != null) {
                    services.add(service(api, version.service(), Map.of("app", version.service())));
                }
            }
        }
        return services;
    }

    private static Manifest service(ApiModel api, String name, Map<String, String> selector) {
        Map<String, Object> port = map("name", "http", "port", api.service().port());
        return new Manifest(
                "v1",
                "Service",
                api.namespace(),
                name,
                Map.of(),
                Map.of(),
                map("selector", selector, "ports", List.of(port)));
    }
}
