package dev.lintel.graphql.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NameLockTest {
    private static final String BEFORE = document("\"/b-c\": {\"get\": {\"operationId\": \"b-c\"}}");
    private static final String AFTER = document("\"/b-c\": {\"get\": {\"operationId\": \"b-c\"}},"
            + "\"/a\": {\"get\": {\"operationId\": \"bC\"}}, \"/z\": {\"get\": {\"operationId\": \"z\"}}");

    @Test
    void withoutALockAnExactNameComesFirst() {
        NameLock before = graph(BEFORE).schema().names().toLock();
        NameLock after = graph(AFTER).schema().names().toLock();

        assertThat(before.changes(after))
                .map(NameChange::toString)
                .containsExactly(
                        "BREAKING re-pointed query GET /a: bC was query GET /b-c",
                        "added query GET /a: bC",
                        "BREAKING renamed query GET /b-c: bC is getBC",
                        "added query GET /z: z");
    }

    /** A query for the name stays valid, and asks for something else, which nobody would see. */
    @Test
    void aNameThatAnotherOperationTakesIsTold() {
        String before = document("\"/b\": {\"get\": {\"operationId\": \"pets\"}}");
        String after = document(
                "\"/b\": {\"get\": {\"operationId\": \"pets\"}}, \"/a\": {\"get\": {\"operationId\": \"pets\"}}");
        NameLock lock = graph(before).schema().names().toLock();

        assertThat(lock.changes(graph(after).schema().names().toLock()))
                .map(NameChange::toString)
                .containsExactly(
                        "BREAKING re-pointed query GET /a: pets was query GET /b",
                        "added query GET /a: pets",
                        "BREAKING renamed query GET /b: pets is getB");
        assertThat(lock.changes(graph(after).locked(lock).schema().names().toLock()))
                .map(NameChange::toString)
                .containsExactly("added query GET /a: getA");
    }

    @Test
    void anotherWordInBracesIsNoOtherOperation() {
        NameLock one = graph(document("\"/a/{id}\": {\"get\": {\"operationId\": \"pet\"}}"))
                .schema()
                .names()
                .toLock();
        NameLock other = graph(document("\"/a/{pet}\": {\"get\": {\"operationId\": \"pet\"}}"))
                .schema()
                .names()
                .toLock();

        assertThat(one.changes(other)).extracting(NameChange::kind).doesNotContain(NameChange.Kind.REPOINTED);
    }

    @Test
    void aLockKeepsNamesAndGivesThemToNothingElse() {
        NameLock before = graph(BEFORE).schema().names().toLock();

        NameLock after = graph(AFTER).locked(before).schema().names().toLock();

        assertThat(before.changes(after))
                .map(NameChange::toString)
                .containsExactly("added query GET /a: getA", "added query GET /z: z");
        assertThat(before.changes(after)).noneMatch(NameChange::breaking);
    }

    @Test
    void aNameOfWhatIsGoneIsNotGivenAgain() {
        NameLock lock = graph(AFTER).schema().names().toLock();
        String other = document("\"/other\": {\"get\": {\"operationId\": \"z\"}}");

        NameLock after = graph(other).locked(lock).schema().names().toLock();

        assertThat(after.names()).containsEntry("query GET /other", "getOther");
        assertThat(lock.changes(after))
                .filteredOn(NameChange::breaking)
                .map(NameChange::key)
                .containsExactly("query GET /a", "query GET /b-c", "query GET /z");
    }

    @Test
    void isReadAsItWasWritten() {
        NameLock lock = graph(AFTER).schema().names().toLock();

        assertThat(NameLock.read(lock.write())).isEqualTo(lock);
    }

    @Test
    void whatIsNoNameIsRefused() {
        for (String text : new String[] {"[]", "{\"a\": 1}", "{\"a\": \"no name\"}", "{\"a\": \"__a\"}", "{"}) {
            assertThatThrownBy(() -> NameLock.read(text)).as(text).hasMessage("""
                            the lock of names has 1 problem
                              (1) graphql.lock lock: is no JSON object whose values are GraphQL names
                                  keep the text that write() answered""");
        }
    }

    @Test
    void namesLeadBack() {
        Names names = graph(AFTER).schema().names();

        assertThat(names.meaning("query ", "bC")).isEqualTo("GET /a");
        assertThatThrownBy(() -> names.meaning("query ", "none")).hasMessage("nothing of 'query ' is called 'none'");
    }

    @Test
    void aLockIsOrdered() {
        TreeMap<String, String> names = new TreeMap<>();
        names.put("query GET /b", "b");
        names.put("query GET /a", "a");

        assertThat(new NameLock(names).write())
                .isEqualTo("{\n  \"query GET /a\" : \"a\",\n  \"query GET /b\" : \"b\"\n}\n");
    }

    private static Graph graph(String document) {
        return Graph.of("names").from(OpenApi.of("document", document));
    }

    private static String document(String paths) {
        return "{\"openapi\": \"3.0.0\", \"paths\": {" + paths + "}}";
    }
}
