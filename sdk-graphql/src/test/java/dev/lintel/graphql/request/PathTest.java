package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path parameter stays in its segment. */
class PathTest {
    private static final Written USERS =
            Written.parameter("/users/{id}/orders", "{name: id, in: path, required: true, schema: {type: string}}");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '~',
            value = {
                "a/b c -> a%2Fb%20c",
                "?x=1#f -> %3Fx%3D1%23f",
                "a;b=c -> a%3Bb%3Dc",
                "100% -> 100%25",
                "%2f -> %252f",
                "... -> ...",
                "a.b -> a.b",
                "..a -> ..a",
                "ü€😀 -> %C3%BC%E2%82%AC%F0%9F%98%80",
                "a\\b -> a%5Cb",
                "@:!$&'()*+, -> %40%3A%21%24%26%27%28%29%2A%2B%2C",
            })
    void whatIsReservedIsEncoded(String id, String expected) {
        assertThat(USERS.write("GET /users/{id}/orders", Map.of("id", id)).target())
                .isEqualTo("/users/" + expected + "/orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "../secure?x=1",
                "a/../../b",
                "a/..",
                "./a",
                "%2e%2e",
                "%2E.",
                "%252e%252e",
                "..%2fsecure",
                "..%5csecure",
                "..\\secure",
                "..;/secure",
                "..;x",
                ".;",
                " .. ",
                "%25252e%25252e%25252fa",
                "a%00b",
                "a\0b",
                "a\r\nb",
                "%0d%0aEvil: 1",
                "\u007f",
            })
    void whatLeadsElsewhereIsRefused(String id) {
        assertThatThrownBy(() -> USERS.write("GET /users/{id}/orders", Map.of("id", id)))
                .isInstanceOf(BadArgumentException.class)
                .hasMessage("argument 'id' would lead out of its place in the path");
    }

    @Test
    void nothingIsNoSegment() {
        assertThatThrownBy(() -> USERS.write("GET /users/{id}/orders", Map.of("id", "")))
                .hasMessage("argument 'id' stands in the path, and must not be empty");
        assertThatThrownBy(() -> USERS.write("GET /users/{id}/orders", Map.of()))
                .hasMessage("argument 'id' stands in the path, and must not be null");
        assertThatThrownBy(() -> USERS.write("GET /users/{id}/orders", Collections.singletonMap("id", null)))
                .hasMessage("argument 'id' stands in the path, and must not be null");
        assertThatThrownBy(() -> list("simple").write("GET /x/{p}", Map.of("p", List.of())))
                .hasMessage("argument 'p' stands in the path, and must not be empty");
    }

    @Test
    void halfACharacterIsNoText() {
        assertThatThrownBy(() -> USERS.write("GET /users/{id}/orders", Map.of("id", "a\ud800b")))
                .hasMessage("argument 'id' is no text: half of a character is missing");
    }

    @Test
    void textsBesideParametersMakeNoDotsOfThem() {
        Written two = Written.of("""
                openapi: 3.0.3
                paths:
                  /a/{x}{y}/{z}.json:
                    get: {operationId: get, responses: {'200': {description: fine}}}
                """);

        assertThat(two.write("GET /a/{x}{y}/{z}.json", Map.of("x", "1", "y", "2", "z", "3"))
                        .target())
                .isEqualTo("/a/12/3.json");
        assertThatThrownBy(() -> two.write("GET /a/{x}{y}/{z}.json", Map.of("x", ".", "y", ".", "z", "3")))
                .hasMessage("argument 'y' would lead out of its place in the path");
        assertThatThrownBy(() -> list("label").write("GET /x/{p}", Map.of("p", List.of("", ""))))
                .isInstanceOf(BadArgumentException.class);
    }

    @Test
    void thePathOfTheDocumentStaysAsItIs() {
        Written odd = Written.of("""
                openapi: 3.0.3
                paths:
                  "/a b/%2Fc/{d}/é?action=x y&z#frag":
                    get: {operationId: get, responses: {'200': {description: fine}}}
                """);
        String key = "GET /a b/%2Fc/{d}/é?action=x y&z#frag";

        assertThat(odd.write(key, Map.of("d", "1")).target()).isEqualTo("/a%20b/%2Fc/1/%C3%A9?action=x%20y&z");
    }

    @Test
    void aPlaceInTheQueryOfThePathIsFilled() {
        Written odd = Written.of("""
                openapi: 3.0.3
                paths:
                  /a?b={c}&d=1:
                    get:
                      operationId: get
                      parameters: [{name: e, in: query, schema: {}}]
                      responses: {'200': {description: fine}}
                """);

        assertThat(odd.write("GET /a?b={c}&d=1", Map.of("c", "../x&y", "e", 2)).target())
                .isEqualTo("/a?b=..%2Fx%26y&d=1&e=2");
    }

    @Test
    void contentIsJson() {
        Written json = Written.parameter(
                "/x/{p}", "{name: p, in: path, required: true, content: {application/json: {schema: {}}}}");

        assertThat(json.write("GET /x/{p}", Map.of("p", Map.of("a", 1))).target())
                .isEqualTo("/x/%7B%22a%22%3A1%7D");
    }

    /** Whatever is written is one segment, which is the text again when it is decoded once. */
    @Test
    void everyTextIsRefusedOrComesBackFromItsSegment() {
        String alphabet = "./\\%;?#&=+ 2eEfF5cC0a\u00e9\ud83d\ude00\r";
        Random random = new Random(7);
        int written = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.appendCodePoint(alphabet.codePointAt(random.nextInt(alphabet.length())));
            }
            String target;
            try {
                target = USERS.write("GET /users/{id}/orders", Map.of("id", text.toString()))
                        .target();
            } catch (BadArgumentException e) {
                continue;
            }
            written++;
            String[] segments =
                    URI.create("http://h" + target).normalize().getRawPath().split("/", -1);
            assertThat(segments).as("text %s", text).hasSize(4);
            assertThat(URLDecoder.decode(segments[2], StandardCharsets.UTF_8)).isEqualTo(text.toString());
        }
        assertThat(written).isGreaterThan(10_000);
    }

    private static Written list(String style) {
        return Written.parameter(
                "/x/{p}", "{name: p, in: path, required: true, style: %s, explode: true, schema: {}}".formatted(style));
    }
}
