package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.upstream.UpstreamRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each style in each place, for the values of the tables in OpenAPI 3.0.4 and 3.1.1 ("Style Examples") and, where they
 * speak of the same, of RFC 6570, 3.2: one text, an empty one, a list, an object.
 */
class StylesTest {
    private static final Map<String, Object> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("empty", "");
        VALUES.put("string", "blue");
        VALUES.put("odd", "a/b c&d=é");
        VALUES.put("array", List.of("blue", "black", "brown"));
        VALUES.put("none", List.of());
        Map<String, Object> colour = new LinkedHashMap<>();
        colour.put("R", 100);
        colour.put("G", 200);
        colour.put("B", 150);
        VALUES.put("object", colour);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '"',
            value = {
                "simple false string -> blue",
                "simple false odd -> a%2Fb%20c%26d%3D%C3%A9",
                "simple false array -> blue,black,brown",
                "simple true array -> blue,black,brown",
                "simple false object -> R,100,G,200,B,150",
                "simple true object -> R=100,G=200,B=150",
                "label false string -> .blue",
                "label false array -> .blue,black,brown",
                "label true array -> .blue.black.brown",
                "label false object -> .R,100,G,200,B,150",
                "label true object -> .R=100.G=200.B=150",
                "matrix false empty -> ;color",
                "matrix false string -> ;color=blue",
                "matrix false array -> ;color=blue,black,brown",
                "matrix true array -> ;color=blue;color=black;color=brown",
                "matrix false object -> ;color=R,100,G,200,B,150",
                "matrix true object -> ;R=100;G=200;B=150",
            })
    void inThePath(String style, String expected) {
        assertThat(write("/c/{color}/end", "path", style).target()).isEqualTo("/c/" + expected + "/end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '"',
            value = {
                "form true empty -> ?color=",
                "form true string -> ?color=blue",
                "form true odd -> ?color=a%2Fb%20c%26d%3D%C3%A9",
                "form true array -> ?color=blue&color=black&color=brown",
                "form false array -> ?color=blue,black,brown",
                "form true none -> \"\"",
                "form false none -> \"\"",
                "form true object -> ?R=100&G=200&B=150",
                "form false object -> ?color=R,100,G,200,B,150",
                "spaceDelimited false array -> ?color=blue%20black%20brown",
                "spaceDelimited true array -> ?color=blue&color=black&color=brown",
                "spaceDelimited false object -> ?color=R%20100%20G%20200%20B%20150",
                "pipeDelimited false array -> ?color=blue%7Cblack%7Cbrown",
                "pipeDelimited false object -> ?color=R%7C100%7CG%7C200%7CB%7C150",
                "deepObject true object -> ?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                "deepObject true string -> ?color=blue",
            })
    void inTheQuery(String style, String expected) {
        assertThat(write("/c", "query", style).target()).isEqualTo("/c" + expected);
    }

    private static UpstreamRequest write(String path, String place, String style) {
        String[] words = style.split(" ");
        Written written = Written.parameter(
                path,
                "{name: color, in: %s, required: true, style: %s, explode: %s, schema: {}}"
                        .formatted(place, words[0], words[1]));
        return written.write("GET " + path, Collections.singletonMap("color", VALUES.get(words[2])));
    }
}
