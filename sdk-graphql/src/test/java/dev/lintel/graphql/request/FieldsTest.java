package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.upstream.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters in headers and cookies: each style, and what may not stand there. */
class FieldsTest {
    private static final Map<String, Object> COLOUR = new LinkedHashMap<>();

    static {
        COLOUR.put("R", 100);
        COLOUR.put("G", 200);
    }

    @Test
    void headersAreSimple() {
        assertThat(header(false, "a b; c=\"d\"/e")).isEqualTo("a b; c=\"d\"/e");
        assertThat(header(false, List.of(1, 2))).isEqualTo("1,2");
        assertThat(header(true, List.of(1, 2))).isEqualTo("1,2");
        assertThat(header(false, COLOUR)).isEqualTo("R,100,G,200");
        assertThat(header(true, COLOUR)).isEqualTo("R=100,G=200");
        assertThat(header(false, List.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nEvil: 1", "a\nb", "a\rb", "a\0b", "a\u007fb", "é", " a", "a\t"})
    void whatEndsAHeaderOrIsLostThereIsRefused(String value) {
        assertThatThrownBy(() -> header(false, value))
                .isInstanceOf(BadArgumentException.class)
                .hasMessage("argument 'p' has characters that headers have not");
    }

    @Test
    void anItemWithACommaWouldBeTwo() {
        assertThatThrownBy(() -> header(false, List.of("a,b", "c")))
                .hasMessage("argument 'p' has an item with a character that divides items in its header");
        assertThatThrownBy(() -> header(true, Map.of("k", "a,b")))
                .hasMessage("argument 'p' has an item with a character that divides items in its header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "connection", "Transfer-Encoding", "Content-Length", "Cookie", "TE", "Upgrade"})
    void headersOfTheConnectionAreNotForClients(String name) {
        Written written = Written.parameter("/h", "{name: %s, in: header, schema: {type: string}}".formatted(name));
        String argument = written.names().argument(written.operation("GET /h"), parameter(written));

        assertThatThrownBy(() -> written.write("GET /h", Map.of(argument, "a")))
                .hasMessage("argument '" + argument + "' is a header that is not sent for clients");
    }

    @Test
    void cookiesAreForms() {
        assertThat(cookie(true, "blue")).isEqualTo("p=blue");
        assertThat(cookie(true, "")).isEqualTo("p=");
        assertThat(cookie(true, "a=b/c+d==")).isEqualTo("p=a=b/c+d==");
        assertThat(cookie(true, "a b,\"é%")).isEqualTo("p=a%20b%2C%22%C3%A9%25");
        assertThat(cookie(false, List.of(1, 2))).isEqualTo("p=1,2");
        assertThat(cookie(true, List.of(1, 2))).isEqualTo("p=1; p=2");
        assertThat(cookie(false, COLOUR)).isEqualTo("p=R,100,G,200");
        assertThat(cookie(true, COLOUR)).isEqualTo("R=100; G=200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a\r\nb", "a\nb", "a\0", "a\tb"})
    void whatEndsACookieIsRefused(String value) {
        assertThatThrownBy(() -> cookie(true, value))
                .isInstanceOf(BadArgumentException.class)
                .hasMessage("argument 'p' has characters that cookies have not");
    }

    @Test
    void contentIsJson() {
        String content = "{name: p, in: %s, content: {application/json: {schema: {}}}}";
        Object value = Map.of("a", List.of("é", 9007199254740993L));

        assertThat(sent(content.formatted("header"), value, "p")).isEqualTo("{\"a\":[\"\\u00e9\",9007199254740993]}");
        assertThat(sent(content.formatted("cookie"), 1, "Cookie")).isEqualTo("p=1");
        assertThat(Written.parameter("/h", content.formatted("query"))
                        .write("GET /h", Map.of("p", Map.of("a", 1)))
                        .target())
                .isEqualTo("/h?p=%7B%22a%22%3A1%7D");
    }

    private static @Nullable String header(boolean explode, Object value) {
        return sent("{name: p, in: header, explode: %s, schema: {}}".formatted(explode), value, "p");
    }

    private static @Nullable String cookie(boolean explode, Object value) {
        return sent("{name: p, in: cookie, explode: %s, schema: {}}".formatted(explode), value, "Cookie");
    }

    private static @Nullable String sent(String parameter, Object value, String header) {
        return Header.first(
                Written.parameter("/h", parameter)
                        .write("GET /h", Map.of("p", value))
                        .headers(),
                header);
    }

    private static dev.lintel.graphql.model.Parameter parameter(Written written) {
        return written.operation("GET /h").parameters().get(0);
    }
}
