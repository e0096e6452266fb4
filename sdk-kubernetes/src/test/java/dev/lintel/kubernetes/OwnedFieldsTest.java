package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of an object is ours, where others have written to it too. */
class OwnedFieldsTest {
    private final Json json = new Json();

    @Test
    void defaultsOfTheServerAndFieldsOfOthersAreNot() {
        assertThat(owned(
                        "{\"hosts\": [\"a\"], \"weight\": 1, \"tls\": {\"mode\": \"DISABLE\", \"sni\": \"a\"}}",
                        "{\"f:spec\": {\"f:hosts\": {}, \"f:tls\": {\"f:sni\": {}}}}"))
                .isEqualTo(Map.of("spec", Map.of("hosts", List.of("a"), "tls", Map.of("sni", "a"))));
    }

    @Test
    void whatIsOwnedAsAWholeIsInItAsAWhole() {
        assertThat(owned(
                        "{\"http\": [{\"name\": \"r\", \"fault\": {\"abort\": 1}}]}", "{\"f:spec\": {\"f:http\": {}}}"))
                .isEqualTo(Map.of("spec", Map.of("http", List.of(Map.of("name", "r", "fault", Map.of("abort", 1))))));
    }

    @Test
    void ofAListWithKeysTheItemsThatAreOwnedInTheOrderOfTheList() {
        assertThat(owned(
                        "{\"ports\": [{\"number\": 1, \"name\": \"one\"}, {\"number\": 2, \"name\": \"two\", \"x\": 1}, {\"number\": 3}]}",
                        """
                        {"f:spec": {"f:ports": {
                          "k:{\\"number\\":3}": {".": {}, "f:number": {}},
                          "k:{\\"number\\":2}": {".": {}, "f:number": {}, "f:name": {}}}}}
                        """))
                .isEqualTo(Map.of(
                        "spec", Map.of("ports", List.of(Map.of("number", 2, "name", "two"), Map.of("number", 3)))));
    }

    @Test
    void ofASetTheValuesThatAreOwned() {
        assertThat(owned("{\"names\": [\"a\", \"b\"]}", "{\"f:spec\": {\"f:names\": {\"v:\\\"b\\\"\": {}}}}"))
                .isEqualTo(Map.of("spec", Map.of("names", List.of("b"))));
    }

    @Test
    void aSpecificationThatWeLeftEmptyIsEmptyWhateverOthersSayInIt() {
        assertThat(owned("{\"http\": [1]}", "{\"f:spec\": {}}")).isEqualTo(Map.of("spec", Map.of()));
    }

    @Test
    void aFieldThatIsGoneIsNotInIt() {
        assertThat(owned("{}", "{\"f:spec\": {\"f:hosts\": {}}}")).isEqualTo(Map.of("spec", Map.of()));
    }

    @Test
    void anotherManagerAndAnotherWayOfWritingAreNotOurs() {
        Map<?, ?> object = (Map<?, ?>) json.read("""
                {"metadata": {"managedFields": [
                  {"manager": "kubectl", "operation": "Apply", "fieldsV1": {"f:spec": {"f:a": {}}}},
                  {"manager": "lintel", "operation": "Update", "fieldsV1": {"f:spec": {"f:a": {}}}},
                  {"manager": "lintel", "operation": "Apply", "subresource": "status", "fieldsV1": {"f:spec": {"f:a": {}}}}]},
                 "spec": {"a": 1}}
                """);
        assertThat(new OwnedFields(json).of(object, "lintel")).isEmpty();
    }

    private Map<String, Object> owned(String spec, String fields) {
        Map<?, ?> object = (Map<?, ?>) json.read(
                "{\"metadata\": {\"managedFields\": [{\"manager\": \"lintel\", \"operation\": \"Apply\", \"fieldsV1\": "
                        + fields + "}]}, \"spec\": " + spec + "}");
        return new OwnedFields(json).of(object, "lintel").orElseThrow();
    }
}
