package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in the query come back from it, whatever they are, and never begin another parameter. */
class QueryTest {
    private static final String ALPHABET = "ab1&=+#%?/;,:|[]@!$'()*\" \\\u00e9\u20ac\ud83d\ude00\n\0";
    private final Map<String, Written> written = new TreeMap<>();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '~',
            value = {
                "a/b?c:d@e!$'()*,;=f -> a/b?c:d@e!$'()*,;=f",
                "a&b=c#d+e%20f[g] -> a%26b=c%23d%2Be%2520f%5Bg%5D",
                "a b\"é -> a%20b%22%C3%A9",
            })
    void reservedCharactersStayWhereTheyEndNothing(String value, String expected) {
        assertThat(query("form, explode: true, allowReserved: true", value)).isEqualTo("p=" + expected);
    }

    @Test
    void theCommaOfAnItemIsNotTheCommaOfTheList() {
        assertThat(query("form, explode: false, allowReserved: true", List.of("a,b", "c/d")))
                .isEqualTo("p=a%2Cb,c/d");
        assertThat(query("form, explode: false", List.of("a,b", "c"))).isEqualTo("p=a%2Cb,c");
    }

    @Test
    void whatIsNestedIsJsonOrGoesDeeper() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("min-price", 3);
        nested.put("tags", List.of("a", "b"));
        nested.put("in", Map.of("c d", List.of(Map.of("e", true), Map.of("e", true))));

        assertThat(query("deepObject, explode: true", nested))
                .isEqualTo("p%5Bmin-price%5D=3&p%5Btags%5D=a&p%5Btags%5D=b&p%5Bin%5D%5Bc%20d%5D%5B0%5D%5Be%5D=true"
                        + "&p%5Bin%5D%5Bc%20d%5D%5B1%5D%5Be%5D=true");
        assertThat(query("form, explode: true", Map.of("tags", List.of("a", 1))))
                .isEqualTo("tags=%5B%22a%22%2C1%5D");
        assertThat(query("form, explode: true", List.of(Map.of("a", 1)))).isEqualTo("p=%7B%22a%22%3A1%7D");
    }

    @Test
    void nullIsNoItem() {
        List<Object> list = new ArrayList<>();
        list.add(null);
        list.add("a");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", null);
        map.put("b", 1);

        assertThat(query("form, explode: false", list)).isEqualTo("p=a");
        assertThat(query("form, explode: true", map)).isEqualTo("b=1");
        assertThat(query("deepObject, explode: true", map)).isEqualTo("p%5Bb%5D=1");
    }

    /** Read by other code: pairs at {@code &}, names at the first {@code =}, decoded once. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void everyTextComesBack(boolean allowReserved) {
        Random random = new Random(3);
        for (int round = 0; round < 3000; round++) {
            String one = text(random);
            List<String> list = List.of(text(random), text(random), text(random));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("k" + text(random), text(random));
            map.put("l" + text(random), text(random));
            String style = ", allowReserved: " + allowReserved;

            String what = "round " + round;
            assertThat(pairs(query("form, explode: true" + style, one)))
                    .as(what)
                    .isEqualTo("[p=" + one + "]");
            assertThat(pairs(query("form, explode: true" + style, list)))
                    .as(what)
                    .isEqualTo(list.stream().map(item -> "p=" + item).toList().toString());
            assertThat(pairs(query("form, explode: true" + style, map)))
                    .as(what)
                    .isEqualTo(map.entrySet().toString());
            assertThat(pairs(query("deepObject, explode: true" + style, map)))
                    .as(what)
                    .isEqualTo(map.entrySet().stream()
                            .map(entry -> "p[" + entry.getKey() + "]=" + entry.getValue())
                            .toList()
                            .toString());
            for (String delimiter : List.of("form ,", "spaceDelimited %20", "pipeDelimited %7C")) {
                String[] words = delimiter.split(" ");
                String raw = query(words[0] + ", explode: false" + style, list);
                List<String> items = new ArrayList<>();
                if (words[0].equals("form")) {
                    for (String item : raw.substring(2).split(",", -1)) {
                        items.add(decoded(item));
                    }
                    assertThat(items).as(what).isEqualTo(list);
                } else {
                    String joined = list.stream().collect(Collectors.joining(decoded(words[1])));
                    assertThat(pairs(raw)).as(what).isEqualTo("[p=" + joined + "]");
                }
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(ALPHABET.codePointAt(
                    ALPHABET.offsetByCodePoints(0, random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length())))));
        }
        return text.toString();
    }

    private static String pairs(String query) {
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            pairs.add(decoded(pair.substring(0, equals)) + "=" + decoded(pair.substring(equals + 1)));
        }
        return pairs.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String query(String style, Object value) {
        String target = written.computeIfAbsent(
                        style,
                        key -> Written.parameter("/q", "{name: p, in: query, style: %s, schema: {}}".formatted(key)))
                .write("GET /q", Map.of("p", value))
                .target();
        return String.valueOf(URI.create(target).getRawQuery());
    }
}
