package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.upstream.Content;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies that are no parts: JSON, forms, texts, bytes. */
class BodyTest {
    @Test
    void jsonIsExact() {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("long", 9007199254740993L);
        value.put("whole", new BigInteger("123456789012345678901234567890"));
        value.put("decimal", new BigDecimal("1E-30"));
        value.put("float", 0.1);
        value.put("text", "a\"\u2028é");
        value.put("none", null);
        value.put("list", List.of(true, List.of()));

        assertThat(sent("application/json: {schema: {}}", value))
                .isEqualTo("application/json | {\"long\":9007199254740993,"
                        + "\"whole\":123456789012345678901234567890,\"decimal\":1E-30,\"float\":0.1,"
                        + "\"text\":\"a\\\"\u2028é\",\"none\":null,\"list\":[true,[]]}");
    }

    @Test
    void aTypeOfTheServiceIsKeptAndARangeIsSpokenSimply() {
        assertThat(sent("application/merge-patch+json: {schema: {}}", 1)).isEqualTo("application/merge-patch+json | 1");
        assertThat(sent("'*/*': {schema: {}}", 1)).isEqualTo("application/json | 1");
        assertThat(sent("text/plain: {}", "é")).isEqualTo("text/plain; charset=utf-8 | é");
        assertThat(sent("application/xml: {}", "<a/>")).isEqualTo("application/xml | <a/>");
        assertThat(sent("image/png: {}", "AAEC")).isEqualTo("image/png | \0\1\2");
        assertThat(sent("image/*: {}", "AAEC")).isEqualTo("application/octet-stream | \0\1\2");
    }

    @Test
    void aFormIsWrittenByItsEncodings() {
        String schema = "{type: object, properties: {list: {type: array, items: {type: integer}},"
                + " address: {}, csv: {type: array, items: {}}, deep: {}, text: {type: string}, json: {}}}";
        String encoding = "{csv: {style: form, explode: false}, deep: {style: deepObject},"
                + " json: {contentType: application/json}}";
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("list", List.of(1, 2));
        value.put("address", Map.of("street", "a b"));
        value.put("csv", List.of("x", "y,z"));
        value.put("deep", Map.of("k", Map.of("min-price", 3)));
        value.put("text", "a&b=c+d é");
        value.put("json", List.of(1, 2));

        assertThat(sent(
                        "application/x-www-form-urlencoded: {schema: %s, encoding: %s}".formatted(schema, encoding),
                        value))
                .isEqualTo("application/x-www-form-urlencoded | list=1&list=2&address=%7B%22street%22%3A%22a%20b%22%7D"
                        + "&csv=x,y%2Cz&deep%5Bk%5D%5Bmin-price%5D=3&text=a%26b%3Dc%2Bd%20%C3%A9&json=%5B1%2C2%5D");
    }

    @Test
    void aFormOfSwagger2IsWrittenByItsCollectionFormats() {
        Written written = Written.of("""
                swagger: '2.0'
                paths:
                  /f:
                    post:
                      operationId: post
                      parameters:
                        - {name: multi, in: formData, type: array, items: {type: string}, collectionFormat: multi}
                        - {name: csv, in: formData, type: array, items: {type: string}}
                        - {name: tsv, in: formData, type: array, items: {type: string}, collectionFormat: tsv}
                        - {name: ssv, in: query, type: array, items: {type: string}, collectionFormat: ssv}
                        - {name: pipes, in: header, type: array, items: {type: string}, collectionFormat: pipes}
                      responses: {'200': {description: fine}}
                """);
        Map<String, Object> input = new LinkedHashMap<>();
        List<String> two = List.of("a", "b");
        input.put("multi", two);
        input.put("csv", two);
        input.put("tsv", two);

        var request = written.write("POST /f", Map.of("input", input, "ssv", two, "pipes", two));

        assertThat(text(request.body())).endsWith("| multi=a&multi=b&csv=a,b&tsv=a%09b");
        assertThat(request.target()).isEqualTo("/f?ssv=a%20b");
        assertThat(dev.lintel.graphql.upstream.Header.first(request.headers(), "pipes"))
                .isEqualTo("a|b");
    }

    @Test
    void nullIsSentWhereTheDocumentKnowsItAndNothingWhereNothingIsGiven() {
        Written free = body("", "application/json: {schema: {}}");
        Written object = body("", "application/json: {schema: {type: object, properties: {a: {}}}}");
        Written required = body("required: true, ", "application/json: {schema: {type: string}}");

        assertThat(text(free.write("POST /b", Collections.singletonMap("input", null))
                        .body()))
                .isEqualTo("application/json | null");
        assertThat(free.write("POST /b", Map.of()).body()).isNull();
        assertThat(object.write("POST /b", Collections.singletonMap("input", null))
                        .body())
                .isNull();
        assertThatThrownBy(() -> required.write("POST /b", Map.of())).hasMessage("argument 'input' must be given");
    }

    @Test
    void whatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> sent("application/json: {schema: {}}", "\ud800"))
                .hasMessage("argument 'input' cannot be written as JSON");
        assertThatThrownBy(() -> sent("application/json: {schema: {}}", new Object()))
                .hasMessage("argument 'input' cannot be written as JSON");
        assertThatThrownBy(() -> sent("image/png: {}", "?")).hasMessage("argument 'input' is no base64");
        assertThatThrownBy(() -> sent("application/x-www-form-urlencoded: {schema: {}}", 1))
                .hasMessage("argument 'input' is sent as a form, and must be an object");
    }

    private static String sent(String content, Object value) {
        return text(body("", content).write("POST /b", Map.of("input", value)).body());
    }

    private static Written body(String required, String content) {
        return Written.of("""
                openapi: 3.0.3
                paths:
                  /b:
                    post:
                      operationId: post
                      requestBody: {%s content: {%s}}
                      responses: {'200': {description: fine}}
                """.formatted(required, content));
    }

    static String text(@Nullable Content content) {
        return content instanceof Content.Bytes bytes
                ? bytes.mediaType() + " | " + new String(bytes.bytes(), StandardCharsets.UTF_8)
                : "no bytes";
    }
}
