package dev.lintel.graphql.http;

import static dev.lintel.graphql.http.Served.RESPONSE;
import static dev.lintel.graphql.http.Served.encoded;
import static dev.lintel.graphql.http.Served.line;
import static dev.lintel.graphql.http.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PersistedDocumentsTest {
    private static final String QUERY = "{ __typename }";
    private static final String HASH = Sha256.hex(QUERY);
    private static final String DATA = "{\"data\":{\"__typename\":\"Query\"}}";

    private final Served served = new Served(HttpSettings.DEFAULT);

    private static String extensions(String hash) {
        return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
    }

    private static String byHash(String hash) {
        return "{\"extensions\":" + extensions(hash) + "}";
    }

    private static String sent(String query, String hash) {
        return "{\"query\":\"" + query + "\",\"extensions\":" + extensions(hash) + "}";
    }

    @Test
    void theHashIsThatOfTheSpecificationsExample() {
        assertThat(Sha256.hex("query($id:ID!){user(id:$id){name}}"))
                .isEqualTo("71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b");
    }

    @Test
    void aDocumentIsSentOnceAndThenCalledByItsHash() {
        String unknown = "{\"errors\":[{\"message\":\"PersistedQueryNotFound\",\"extensions\":"
                + "{\"code\":\"PERSISTED_QUERY_NOT_FOUND\"}}]}";
        assertThat(line(served.post(byHash(HASH)))).isEqualTo("200 json " + unknown);
        assertThat(line(served.post(byHash(HASH), "accept", RESPONSE)))
                .isEqualTo("400 graphql-response+json " + unknown);

        assertThat(text(served.post(sent(QUERY, HASH)))).isEqualTo(DATA);

        assertThat(text(served.post(byHash(HASH)))).isEqualTo(DATA);
        assertThat(text(served.get("extensions=" + encoded(extensions(HASH))))).isEqualTo(DATA);
    }

    @Test
    void aHashOfAnotherTextIsRefusedAndKeepsNothing() {
        assertThat(text(served.post(sent("{ a: __typename }", HASH))))
                .contains("'sha256Hash' is not the hash of 'query'");
        assertThat(text(served.post(byHash(HASH)))).contains("PersistedQueryNotFound");
    }

    @Test
    void aTextThatIsNotValidIsNotKept() {
        String wrong = "{ nobody }";
        assertThat(text(served.post(sent(wrong, Sha256.hex(wrong))))).contains("errors");
        assertThat(text(served.post(byHash(Sha256.hex(wrong))))).contains("PersistedQueryNotFound");
    }

    @Test
    void aMutationByHashStillNeedsPost() {
        String mutation = "mutation { addPet { name } }";
        assertThat(served.post(sent(mutation, Sha256.hex(mutation))).status()).isEqualTo(200);
        assertThat(served.get("extensions=" + encoded(extensions(Sha256.hex(mutation))))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void whatIsNoHashIsNotWellFormed() {
        for (String persisted : new String[] {
            "7",
            "{}",
            "{\"version\":2,\"sha256Hash\":\"" + HASH + "\"}",
            "{\"version\":1,\"sha256Hash\":\"abc\"}",
            "{\"version\":\"1\",\"sha256Hash\":\"" + HASH + "\"}"
        }) {
            assertThat(served.post("{\"extensions\":{\"persistedQuery\":" + persisted + "}}")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(text(served.post("{\"extensions\":{\"persistedQuery\":null}}")))
                .contains("a request must have 'query', a string");
    }

    @Test
    void whereNoneAreKeptClientsAreToldSo() {
        Served without = new Served(HttpSettings.DEFAULT.persisted(0));
        assertThat(text(without.post(sent(QUERY, HASH)))).isEqualTo(DATA);
        assertThat(text(without.post(byHash(HASH)))).contains("PersistedQueryNotSupported");
    }

    @Test
    void theOnesUsedLongestAgoAreForgotten() {
        PersistedStore store = new PersistedStore(2, 10);
        store.put("a", "1234");
        store.put("b", "1234");
        assertThat(store.get("a")).isPresent();
        store.put("c", "12");
        assertThat(store.get("b")).isEmpty();
        assertThat(store.get("a")).isPresent();
        store.put("d", "12345678");
        assertThat(store.get("c")).isEmpty();
        assertThat(store.size()).isEqualTo(1);
        store.put("e", "12345678901");
        assertThat(store.get("e")).isEmpty();
        assertThat(store.get("d")).isPresent();
    }

    @Test
    void trustedDocumentsAreCalledByTheirId() {
        TrustedDocuments trusted = TrustedDocuments.of(Map.of("typename", QUERY));
        Served known = new Served(HttpSettings.DEFAULT.trusted(trusted));
        assertThat(text(known.post("{\"documentId\":\"typename\"}"))).isEqualTo(DATA);
        assertThat(text(known.get("documentId=sha256%3A" + HASH))).isEqualTo(DATA);
        assertThat(text(known.post(byHash(HASH)))).isEqualTo(DATA);
        assertThat(text(known.post("{\"documentId\":\"other\"}"))).contains("DOCUMENT_NOT_FOUND");
        assertThat(text(known.post("{\"query\":\"{ a: __typename }\"}"))).contains("data");
    }

    @Test
    void onlyTrustedDocumentsAreExecutedWhereThatIsSaid() {
        TrustedDocuments trusted = TrustedDocuments.of(Map.of("typename", QUERY));
        Served strict = new Served(HttpSettings.DEFAULT.onlyTrusted(trusted));
        assertThat(text(strict.post("{\"documentId\":\"typename\"}"))).isEqualTo(DATA);
        assertThat(text(strict.post("{\"query\":\"" + QUERY + "\"}"))).isEqualTo(DATA);
        String other = "{ a: __typename }";
        assertThat(line(strict.post("{\"query\":\"" + other + "\"}", "accept", RESPONSE)))
                .startsWith("400 ")
                .contains("DOCUMENT_NOT_TRUSTED");
        assertThat(text(strict.post(sent(other, Sha256.hex(other))))).contains("DOCUMENT_NOT_TRUSTED");
        assertThat(text(strict.post(byHash(Sha256.hex(other))))).contains("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void aFileOfTrustedDocumentsIsReadInTwoForms() {
        String texts = "{\"" + HASH + "\":\"" + QUERY + "\"}";
        String manifest = "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[{\"id\":\""
                + HASH + "\",\"name\":\"Q\",\"type\":\"query\",\"body\":\"" + QUERY + "\"}]}";
        for (String json : new String[] {texts, manifest}) {
            assertThat(TrustedDocuments.read(json).byHash(HASH)).contains(QUERY);
        }
        assertThat(TrustedDocuments.read(texts)).hasToString("1 trusted documents");
    }

    @Test
    void aFileThatIsNotWhatItSaysIsRefused() {
        assertThatThrownBy(() -> TrustedDocuments.read("{\"" + HASH + "\":\"{ a: __typename }\"}"))
                .hasMessage(
                        "the trusted document '" + HASH + "' has another text than its hash says: make the file anew");
        assertThatThrownBy(() -> TrustedDocuments.of(Map.of("sha256:abc", QUERY)))
                .isInstanceOf(IllegalArgumentException.class);
        for (String json : new String[] {"[]", "{", "{\"a\":7}", "{\"a\":\" \"}", "{\"a\":\"{b}\",\"a\":\"{b}\"}"}) {
            assertThatThrownBy(() -> TrustedDocuments.read(json)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> HttpSettings.DEFAULT.onlyTrusted(TrustedDocuments.NONE))
                .hasMessage("where only trusted documents are executed, there must be some");
    }
}
