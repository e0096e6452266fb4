package dev.lintel.embedded.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy reads a body as the service does, or not at all. */
class ParsedBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARTS = "multipart/form-data; boundary=b";

    private static JsonNode input(String type, String body, String... more) throws Exception {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", type);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        Http http = new Http(
                "1", "POST", headers, "/", "orders.shop", "http", "", "", "HTTP/1.1", body.length(), body, null);
        Party nobody = new Party("", 0, "");
        byte[] document =
                InputDocument.write(new CheckedRequest(nobody, nobody, null, http, Map.of(), Map.of(), null, null));
        return JSON.readTree(document).path("input");
    }

    private static String parsed(String type, String body, String... more) throws Exception {
        return input(type, body, more).path("parsed_body").toString();
    }

    private static String part(String... lines) {
        return "--b\r\n" + String.join("\r\n", lines) + "\r\n\r\nadmin\r\n--b--\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"a\":1} | {\"a\":1}",
                "Application/JSON | {\"a\":1} | {\"a\":1}",
                "application/json;charset=UTF-8 | {\"a\":1} | {\"a\":1}",
                "application/json-patch+json | [1] | [1]",
                "APPLICATION/X-WWW-FORM-URLENCODED | a=1 | {\"a\":[\"1\"]}",
                "text/plain; x=application/json | {\"a\":1} | null",
                "application/x-www-form-urlencoded; x=application/json | a=1&a=+%2b | {\"a\":[\"1\",\" +\"]}",
                "application/octet-stream | {\"a\":1} | null"
            })
    void theTypeIsTakenInAnyCaseAndWhole(String type, String body, String wanted) throws Exception {
        assertThat(parsed(type, body)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain,application/json",
                "application/json,text/plain",
                "application/json; charset=utf-8,application/x-www-form-urlencoded",
                "text/plain,application/x-www-form-urlencoded"
            })
    void severalTypesAreMalformed(String type) {
        assertThatThrownBy(() -> input(type, "{\"a\":1}"))
                .isInstanceOf(MalformedRequest.class)
                .hasMessage("there must be one Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", PARTS})
    void whatIsEncodedCannotBeRead(String type) throws Exception {
        assertThatThrownBy(() -> input(type, "a=1", "content-encoding", "gzip"))
                .isInstanceOf(MalformedRequest.class)
                .hasMessage("a body that is encoded cannot be read");
        assertThat(parsed("text/plain", "a=1", "content-encoding", "gzip")).isEqualTo("null");
        assertThat(parsed("application/json", "1", "content-encoding", "identity"))
                .isEqualTo("1");
    }

    @Test
    void partsAreReadByTheirNames() throws Exception {
        assertThat(parsed(
                        "Multipart/Form-Data; charset=utf-8; boundary=\"b\"",
                        "before\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
                                + "--b\r\ncontent-disposition: form-data; filename=\"x; name=y\"; name=a\r\n"
                                + "Content-Type: Application/JSON\r\n\r\n{\"n\":2}\r\n--b--\r\nafter"))
                .isEqualTo("{\"a\":[\"1\",{\"n\":2}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/form-data; x=\"; boundary=c\"; boundary=b; BOUNDARY=c",
                "multipart/form-data; boundary=\"b\\\"; x=\"",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary= b",
                "multipart/form-data; boundary"
            })
    void aBoundaryThatCanBeReadInTwoWaysIsMalformed(String type) {
        assertThatThrownBy(() -> input(type, part("Content-Disposition: form-data; name=a")))
                .isInstanceOf(MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data",
                "Content-Disposition: form-data; name=\"\"",
                "Content-Disposition: attachment; name=\"a\"",
                "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
                "Content-Disposition: form-data; name=\"a\"; name*=utf-8''b",
                "Content-Disposition: form-data; name=\"a\\\"; x=\"",
                "Content-Disposition: form-data;\r\n name=\"role\"",
                "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b",
                "Content-Disposition: form-data; name=a\nX: y",
                "Content-Disposition : form-data; name=a",
                "X-Other: 1"
            })
    void aPartThatCanBeReadInTwoWaysIsMalformed(String fields) {
        assertThatThrownBy(() -> input(PARTS, part(fields))).isInstanceOf(MalformedRequest.class);
    }

    /** What stands in a quoted file name is no parameter. */
    @Test
    void aFileNameDoesNotNameThePart() throws Exception {
        assertThat(parsed(PARTS, part("Content-Disposition: form-data; name=\"role\"; filename=\"x; name=safe\"")))
                .isEqualTo("{\"role\":[\"admin\"]}");
    }
}
