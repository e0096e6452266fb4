package dev.lintel.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.name.NameLock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each thing that can become different in a document, and what is said of it. */
class GraphDiffTest {
    private static final String PET = "/components/schemas/Pet";
    private static final String NEW_PET = "/components/schemas/NewPet";
    private static final String GET = "/paths/~1pets/get";
    private static final String COW = "{\"$ref\": \"#/components/schemas/Cow\"}";

    private final List<DynamicTest> rows = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> fieldsAndTypes() {
        row(PET + "/properties/name", "BREAKING Pet.name: is gone");
        row(PET + "/properties/age {\"type\": \"integer\"}", "COMPATIBLE Pet.age: is new");
        row(PET + "/properties/name {\"type\": \"boolean\"}", "BREAKING Pet.name: was String, is Boolean");
        row(PET + "/required/1 \"name\"", "COMPATIBLE Pet.name: was String, is String!");
        row(PET + "/required", "BREAKING Pet.id: was Long!, is Long");
        row(PET + "/properties/id/format \"int32\"", "BREAKING Pet.id: was Long!, is Int!");
        row(PET + "/properties/tags {\"type\": \"string\"}", "BREAKING Pet.tags: was [String!], is String");
        row(PET + "/properties/tags/items/nullable true", "BREAKING Pet.tags: was [String!], is [String]");
        row(PET + "/properties/name/deprecated true", "COMPATIBLE Pet.name: is deprecated");
        row(PET + "/properties/name/description \"what it is called\"");
        row("/components/schemas/Unused {\"properties\": {\"a\": {\"type\": \"string\"}}}");
        row(
                "/components/schemas/Thing {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}",
                "BREAKING Cat: is gone",
                "BREAKING Dog: is gone",
                "BREAKING Thing: was a union, is an object");
        row(
                "/components/schemas/Thing/oneOf/2 " + COW,
                "DANGEROUS Thing: 'Cow' is a new member, and clients have no fragment for it",
                "COMPATIBLE Cow: is new");
        row(
                "/components/schemas/Thing/oneOf/1 " + COW,
                "BREAKING Dog: is gone",
                "BREAKING Thing: 'Dog' is no member any more",
                "DANGEROUS Thing: 'Cow' is a new member, and clients have no fragment for it",
                "COMPATIBLE Cow: is new");
        return rows.stream();
    }

    @TestFactory
    Stream<DynamicTest> inputs() {
        row(NEW_PET + "/properties/size", "BREAKING NewPetInput.size: is gone");
        row(NEW_PET + "/properties/age {\"type\": \"integer\"}", "COMPATIBLE NewPetInput.age: is new");
        row(NEW_PET + "/required/1 \"size\"", "BREAKING NewPetInput.size: was Size, is Size!");
        row(NEW_PET + "/required", "COMPATIBLE NewPetInput.name: was String!, is String");
        row(NEW_PET + "/properties/name/default \"Tom\"", "COMPATIBLE NewPetInput.name: was String!, is String");
        row(NEW_PET + "/properties/size/readOnly true", "BREAKING NewPetInput.size: is gone");
        row(
                NEW_PET
                        + " {\"type\": \"object\", \"required\": [\"name\", \"age\"], \"properties\": {\"age\": {\"type\": \"string\"},"
                        + " \"name\": {\"type\": \"string\"}}}",
                "BREAKING NewPetInput.age: is new, and must be given",
                "BREAKING NewPetInput.colour: is gone",
                "BREAKING NewPetInput.size: is gone");
        row(
                "/paths/~1pets/post/requestBody/required true",
                "BREAKING Mutation.addPet(input:): was NewPetInput, is NewPetInput!");
        row(
                "/paths/~1pets/post/requestBody",
                "BREAKING Mutation.addPet(input:): is gone",
                "BREAKING NewPetInput: is gone");
        row(GET + "/parameters/0", "BREAKING Query.pets(limit:): is gone");
        row(GET + "/parameters/0/required true", "BREAKING Query.pets(limit:): was Int, is Int!");
        row(GET + "/parameters/1/required false", "COMPATIBLE Query.pets(colour:): was Colour!, is Colour");
        row(GET + "/parameters/0/schema/format \"int64\"", "BREAKING Query.pets(limit:): was Int, is Long");
        row(
                GET + "/parameters/2 {\"name\": \"by\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}}",
                "COMPATIBLE Query.pets(by:): is new");
        row(
                GET
                        + "/parameters/2 {\"name\": \"by\", \"in\": \"query\", \"required\": true, \"schema\": {\"type\": \"string\"}}",
                "BREAKING Query.pets(by:): is new, and must be given");
        return rows.stream();
    }

    @TestFactory
    Stream<DynamicTest> values() {
        row("/components/schemas/Colour/enum/0", "BREAKING Colour.red: is gone");
        row("/components/schemas/Colour/enum/3 \"green\"", "COMPATIBLE Colour.green: is new");
        row(
                "/components/schemas/Size/enum/2 \"huge\"",
                "DANGEROUS Size.huge: is new, and clients that know all values can be answered one that they do not know");
        row(
                "/components/schemas/Colour/enum/3 \"on_leave\"",
                "BREAKING Colour.on_leave: is called 'on_leave_d32124' now; lock the names",
                "COMPATIBLE Colour.on_leave: is new");
        return rows.stream();
    }

    @TestFactory
    Stream<DynamicTest> calls() {
        row(GET + "/operationId \"list\"", "BREAKING Query.pets: is called 'list' now; lock the names");
        row(GET, "BREAKING Query.pets: is gone");
        row(
                GET + "/parameters/0/in \"header\"",
                "COMPATIBLE Query.pets(limit:): was sent in the query as 'limit', form exploded, is in the header as 'limit', simple");
        row(
                GET + "/parameters/0/explode false",
                "COMPATIBLE Query.pets(limit:): was sent in the query as 'limit', form exploded, is in the query as 'limit', form");
        row(
                GET + "/responses/200/content {\"application/vnd.pets+json\": {\"schema\": {\"type\": \"array\","
                        + " \"items\": {\"$ref\": \"#/components/schemas/Pet\"}}}}",
                "COMPATIBLE Query.pets: was answered as application/json, is as application/vnd.pets+json");
        row(
                "/paths/~1pets/post/requestBody/content {\"application/x-www-form-urlencoded\": {\"schema\":"
                        + " {\"$ref\": \"#/components/schemas/NewPet\"}}}",
                "COMPATIBLE Mutation.addPet(input:): was sent as application/json, is as application/x-www-form-urlencoded");
        return rows.stream();
    }

    @Test
    void moreThatIsAskedOfCallersBreaksAndLessIsDangerous() {
        JsonNode read = secured("[{\"login\": [\"read\"]}]");
        JsonNode both = secured("[{\"login\": [\"read\", \"write\"]}]");
        JsonNode either = secured("[{\"login\": [\"read\"]}, {\"key\": []}]");

        assertThat(diff(Documents.base(), read))
                .containsExactly("BREAKING Query.pets: asked callers for nothing, asks for login[read]");
        assertThat(diff(read, both))
                .containsExactly("BREAKING Query.pets: asked callers for login[read], asks for login[read, write]");
        assertThat(diff(both, read))
                .containsExactly("DANGEROUS Query.pets: asked callers for login[read, write], asks for login[read]");
        assertThat(diff(read, either)).hasSize(1).first().asString().startsWith("DANGEROUS Query.pets: ");
        assertThat(diff(either, read)).hasSize(1).first().asString().startsWith("BREAKING Query.pets: ");
        assertThat(diff(either, either)).isEmpty();
    }

    private static JsonNode secured(String asked) {
        return Documents.edited(
                "/components/securitySchemes {\"login\": {\"type\": \"oauth2\", \"flows\": {}},"
                        + " \"key\": {\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"X-Key\"}}",
                GET + "/security " + asked);
    }

    @Test
    void behindANameStandsAnotherOperation() {
        JsonNode moved = Documents.edited(
                "/paths/~1pets", "/paths/~1v2~1pets " + Documents.base().at("/paths/~1pets"));

        assertThat(diff(moved))
                .containsExactly(
                        "DANGEROUS Mutation.addPet: was POST /pets, is POST /v2/pets",
                        "DANGEROUS Query.pets: was GET /pets, is GET /v2/pets");
    }

    @Test
    void aLockedNameIsNoRename() {
        Graph before = Documents.graph(Documents.base());
        Graph after = Documents.graph(Documents.edited(GET + "/operationId \"list\""))
                .locked(before.schema().names().toLock());

        assertThat(GraphDiff.between(before, after)).hasToString("no change");
    }

    @Test
    void aRenamedTypeIsOneChange() {
        JsonNode document = Documents.edited(
                "/components/schemas/pet {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}",
                "/paths/~1a {\"get\": {\"operationId\": \"a\", \"responses\": {\"200\": {\"content\": {\"application/json\":"
                        + " {\"schema\": {\"$ref\": \"#/components/schemas/pet\"}}}}}}}");
        Graph before = Documents.graph(document);
        Graph renamed = new Graph(
                "pets",
                before.model(),
                before.settings(),
                NameLock.read("{\"type #/components/schemas/Pet out\": \"Animal\"}"));

        GraphDiff diff = GraphDiff.between(before, renamed);

        assertThat(diff).hasToString("BREAKING Pet: is called 'Animal' now; lock the names");
        assertThat(diff.worst()).isEqualTo(Severity.BREAKING);
        assertThat(diff.breaking()).isEqualTo(diff.changes());
    }

    @Test
    void withoutAChangeNothingBreaks() {
        Graph graph = Documents.graph(Documents.base());

        assertThat(GraphDiff.between(graph, graph).worst()).isEqualTo(Severity.COMPATIBLE);
        assertThat(GraphDiff.between(graph, graph).breaking()).isEmpty();
    }

    private void row(String edit, String... expected) {
        rows.add(DynamicTest.dynamicTest(
                edit, () -> assertThat(diff(Documents.edited(edit))).containsExactly(expected)));
    }

    private static List<String> diff(JsonNode document) {
        return diff(Documents.base(), document);
    }

    private static List<String> diff(JsonNode before, JsonNode after) {
        return GraphDiff.between(Documents.graph(before), Documents.graph(after)).changes().stream()
                .map(Change::toString)
                .toList();
    }
}
