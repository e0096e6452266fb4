package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fields as an apiserver names them, taken out of what we say. */
class FieldPathTest {
    private final Json json = new Json();

    @Test
    void aFieldGoesAndWhatIsEmptyThereby() {
        assertThat(without("{\"a\": {\"b\": {\"c\": 1}}, \"d\": 2}", ".a.b.c")).contains(Map.of("d", 2));
        assertThat(without("{\"a\": {\"b\": 1, \"c\": 2}}", ".a.b")).contains(Map.of("a", Map.of("c", 2)));
        assertThat(without("{\"http\": [1, 2]}", ".http")).contains(Map.of());
    }

    @Test
    void namesWithDotsAreReadAlongTheObject() {
        assertThat(without(
                        "{\"labels\": {\"a.example/b\": 1, \"a\": {\"example/b\": 2}, \"c\": 3}}",
                        ".labels.a.example/b"))
                .contains(Map.of("labels", Map.of("a", Map.of("example/b", 2), "c", 3)));
    }

    @Test
    void ofAListTheItemWithTheKeys() {
        String ports =
                "{\"ports\": [{\"number\": 80, \"name\": \"a, b]\", \"x\": 1}, {\"number\": 80, \"name\": \"c\", \"x\": 2}]}";
        assertThat(without(ports, ".ports[name=\"a, b]\",number=80].x"))
                .contains(
                        read(
                                "{\"ports\": [{\"number\": 80, \"name\": \"a, b]\"}, {\"number\": 80, \"name\": \"c\", \"x\": 2}]}"));
        assertThat(without(ports, ".ports[name=\"c\",number=80]"))
                .contains(read("{\"ports\": [{\"number\": 80, \"name\": \"a, b]\", \"x\": 1}]}"));
        assertThat(without("{\"names\": [\"a\", \"b\"]}", ".names[=\"b\"]")).contains(read("{\"names\": [\"a\"]}"));
    }

    @Test
    void whatIsNotThereIsNotTakenOut() {
        assertThat(without("{\"a\": 1}", ".b")).isEmpty();
        assertThat(without("{\"ab\": 1}", ".a")).isEmpty();
        assertThat(without("{\"a\": [1]}", ".a[x=1].y")).isEmpty();
        assertThat(without("{\"a\": 1}", ".a.b")).isEmpty();
    }

    @Test
    void conflictsAreToldByManagerAndField() {
        String body = """
                {"details": {"causes": [
                 {"reason": "FieldManagerConflict", "message": "conflict with \\"rollouts\\" using networking.istio.io/v1", "field": ".spec.http"},
                 {"reason": "FieldManagerConflict", "message": "conflict with \\"kubectl-edit\\" using networking.istio.io/v1 at 2026-11-27T19:00:00Z", "field": ".spec.hosts"},
                 {"reason": "Other", "message": "conflict with \\"x\\"", "field": ".spec.hosts"}]}}
                """;
        assertThat(FieldConflict.of(new Reply(409, body), json))
                .containsExactly(
                        new FieldConflict("rollouts", ".spec.http"), new FieldConflict("kubectl-edit", ".spec.hosts"));
        assertThat(FieldConflict.of(new Reply(422, body), json)).isEmpty();
    }

    @Test
    void whatDecidesWhoMayCallIsNeverLeftToOthers() {
        assertThat(Yielding.isLeft(object("VirtualService"), ".spec.http")).isTrue();
        assertThat(Yielding.isLeft(object("VirtualService"), ".spec.hosts")).isFalse();
        assertThat(Yielding.isLeft(object("VirtualService"), ".metadata.labels.app.kubernetes.io/managed-by"))
                .isFalse();
        assertThat(Yielding.isLeft(object("DestinationRule"), ".spec.trafficPolicy.outlierDetection.interval"))
                .isTrue();
        assertThat(Yielding.isLeft(object("DestinationRule"), ".spec.trafficPolicy.tls.mode"))
                .isFalse();
        for (String kind : new String[] {
            "AuthorizationPolicy",
            "RequestAuthentication",
            "PeerAuthentication",
            "NetworkPolicy",
            "SecurityPolicy",
            "Gateway",
            "Sidecar",
            "ServiceEntry",
            "APIRule"
        }) {
            assertThat(Yielding.isLeft(object(kind), ".spec.rules")).as(kind).isFalse();
        }
    }

    private static Manifest object(String kind) {
        return ManifestYaml.readAny(
                        "apiVersion: example.com/v1\nkind: " + kind + "\nmetadata: {name: a, namespace: b}\nspec: {}\n",
                        "b")
                .get(0);
    }

    private Optional<Map<String, Object>> without(String object, String path) {
        return new FieldPath(path).removedFrom((Map<?, ?>) json.read(object), json);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> read(String text) {
        return (Map<String, Object>) json.read(text);
    }
}
