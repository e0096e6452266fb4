package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Schemas are read again only where the cluster says that they have changed. */
class SchemasTest {
    private static final ObjectKind GATEWAY = new ObjectKind("networking.istio.io/v1", "Gateway", "gateways");
    private static final ObjectKind POLICY =
            new ObjectKind("security.istio.io/v1", "AuthorizationPolicy", "authorizationpolicies");
    private static final List<ObjectKind> KINDS = List.of(GATEWAY, POLICY);

    private final AtomicReference<String> gateways = new AtomicReference<>("one");

    @Test
    void aDocumentWithAnotherHashAndNoOther() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Schemas first = Schemas.read(KINDS, api.transport(), new Json());
            assertThat(first.known(KINDS)).isEqualTo(KINDS);
            api.asked.clear();

            Schemas same = first.again(KINDS, api.transport(), new Json());
            assertThat(api.asked).containsExactly("GET /openapi/v3");
            assertThat(same.known(KINDS)).isEqualTo(KINDS);
            assertThat(same.of(GATEWAY).defaulted(Map.of())).isEqualTo(Map.of("said", "one"));

            api.asked.clear();
            gateways.set("two");
            Schemas other = same.again(KINDS, api.transport(), new Json());
            assertThat(api.asked).containsExactly("GET /openapi/v3", "GET /openapi/v3/apis/networking.istio.io/v1");
            assertThat(other.of(GATEWAY).defaulted(Map.of())).isEqualTo(Map.of("said", "two"));
            assertThat(other.known(KINDS)).isEqualTo(KINDS);
        }
    }

    @Test
    void allOfThemWhereThereIsNoIndex() throws IOException {
        try (FakeApiserver api =
                new FakeApiserver(call -> call.equals("GET /openapi/v3") ? Answer.of(404, "no index") : answer(call))) {
            Schemas first = Schemas.read(KINDS, api.transport(), new Json());
            gateways.set("two");
            assertThat(first.again(KINDS, api.transport(), new Json())
                            .of(GATEWAY)
                            .defaulted(Map.of()))
                    .isEqualTo(Map.of("said", "two"));
        }
    }

    private Answer answer(String call) {
        return switch (call) {
            case "GET /openapi/v3" -> Answer.ok("""
                    {"paths": {
                      "apis/networking.istio.io/v1":
                        {"serverRelativeURL": "/openapi/v3/apis/networking.istio.io/v1?hash=%s"},
                      "apis/security.istio.io/v1":
                        {"serverRelativeURL": "/openapi/v3/apis/security.istio.io/v1?hash=ever"}}}
                    """.formatted(gateways.get()));
            case "GET /openapi/v3/apis/networking.istio.io/v1" ->
                Answer.ok(document("networking.istio.io", "Gateway", gateways.get()));
            case "GET /openapi/v3/apis/security.istio.io/v1" ->
                Answer.ok(document("security.istio.io", "AuthorizationPolicy", "ever"));
            default -> Answer.of(404, "not here");
        };
    }

    private static String document(String group, String kind, String said) {
        return """
                {"components": {"schemas": {"it": {
                  "x-kubernetes-group-version-kind": [{"group": "%s", "version": "v1", "kind": "%s"}],
                  "properties": {"spec": {"properties": {"said": {"default": "%s"}}}}}}}}
                """.formatted(group, kind, said);
    }
}
