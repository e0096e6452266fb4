package dev.lintel.cli;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.sdk.Api;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents as graphs on the command line: shown, told, kept and compared. */
class GraphCommandsTest {
    private static final String PETS = """
            openapi: 3.0.3
            paths:
              /pets/{id}:
                get:
                  operationId: pet
                  parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 9}}]
                  responses:
                    "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            components:
              schemas:
                Pet: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
            """;

    @TempDir
    Path folder;

    private Session session;

    @BeforeEach
    void begin() {
        session = new Session(folder).file("pets.yaml", PETS);
    }

    private Session.Ran run(String line) {
        return session.run(line.split(" "));
    }

    @Test
    void aSchemaAndWhatItLacksAreShown() {
        assertThat(run("graph schema pets.yaml").out()).contains("type Pet {\n  id: String!\n  name: String\n}");
        assertThat(run("graph losses pets.yaml").out()).startsWith("UNCHECKED ").contains("maxLength");
    }

    @Test
    void programsReadTheSame() {
        assertThat(run("graph schema -o json pets.yaml").out())
                .contains("\"command\": \"graph schema\"", "\"schema\": \"type Pet {\\n");
        assertThat(run("graph losses -o json pets.yaml").out())
                .contains("\"kind\": \"unchecked\"", "\"construct\": \"maxLength\"");
        assertThat(run("graph lock -o json pets.yaml").out()).contains("\"command\": \"graph lock\"", "\"lock\": \"");
    }

    @Test
    void oneDocumentIsRead() {
        session.file("more.yaml", PETS);

        Session.Ran ran = run("graph schema .");

        assertThat(ran.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err()).startsWith("cli.file .: has 2 files, where one is needed");
    }

    @Test
    void whatBreaksQueriesEndsWith2() {
        session.file("same.yaml", PETS.replace("openapi: 3.0.3", "openapi: 3.0.1"))
                .file("more.yaml", PETS.replace("name: {type: string}", "name: {type: string}, age: {type: integer}"))
                .file("less.yaml", PETS.replace(", name: {type: string}", ""));

        assertThat(run("graph diff pets.yaml same.yaml").all()).isEqualTo("exit code 0\n--- out\nno change\n");
        assertThat(run("graph diff pets.yaml more.yaml").all())
                .isEqualTo("exit code 0\n--- out\nCOMPATIBLE Pet.age: is new\n");
        assertThat(run("graph diff pets.yaml less.yaml").all())
                .isEqualTo("exit code 2\n--- out\nBREAKING Pet.name: is gone\n");
        assertThat(run("graph diff -o json pets.yaml less.yaml").out())
                .contains("\"severity\": \"breaking\"", "\"coordinate\": \"Pet.name\"");
    }

    @Test
    void namesAreKeptByALock() {
        session.file("lock.json", run("graph lock pets.yaml").out())
                .file("other.yaml", PETS.replace("operationId: pet", "operationId: animal"));

        assertThat(run("graph diff pets.yaml other.yaml").all())
                .isEqualTo("exit code 2\n--- out\nBREAKING Query.pet: is called 'animal' now; lock the names\n");
        assertThat(run("graph diff --lock lock.json pets.yaml other.yaml").all())
                .isEqualTo("exit code 0\n--- out\nno change\n");
    }

    @Test
    void whatWouldServeNothingIsRefused() {
        session.file("none.yaml", "[]\n")
                .file(
                        "pets.api.yaml",
                        DefinitionFormat.yaml()
                                .write(Api.graphql("catalog")
                                        .from(openApi("pets.yaml", PETS, service("pets")))
                                        .inNamespace("shop")
                                        .define()));

        assertThat(run("graph serve --port 0 --probes 0 --file none.yaml").err())
                .startsWith("cli.file none.yaml: defines no API");
        assertThat(run("graph serve --port 0 --probes 0 --file pets.api.yaml --service bucks=http://127.0.0.1:1")
                        .err())
                .contains("--service names 'bucks', which is none of [pets]");
    }

    @Test
    void whatIsNoDocumentIsToldWithTheWayOut() {
        session.file("orders.yaml", "kind: Api/v1\n");

        assertThat(run("graph schema orders.yaml").code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run("graph schema orders.yaml").err()).startsWith("graphql.version orders.yaml");
        assertThat(run("graph schema none.yaml").err()).startsWith("cli.file none.yaml: is not there");
        assertThat(run("graph").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("graph serve").err()).contains("say --file with definitions, or --front with a folder");
        assertThat(run("graph serve --front none").err()).startsWith("cli.front none: is no folder of a front");
    }
}
