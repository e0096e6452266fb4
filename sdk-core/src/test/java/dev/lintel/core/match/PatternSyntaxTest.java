package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/**", "/a", "/a/b", "/a/{id}", "/{tenant}/**", "/a/{id}/b/**", "/a/..b/.c/d..", "/a%20b"})
    void printsAsItWasRead(String text) {
        assertThat(PathPattern.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"/%61, /a", "/%7euser, /~user", "/caf%c3%a9, /caf%C3%A9", "/café, /caf%C3%A9", "/😀, /%F0%9F%98%80"})
    void keepsLiteralsInNormalForm(String text, String normal) {
        assertThat(PathPattern.parse(text)).hasToString(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | must start with '/'",
                "a | must start with '/'",
                "** | must start with '/'",
                "a//b | must start with '/'",
                "/a//b | must not have an empty segment ('//')",
                "// | must not end with '/': a trailing slash never changes what a path means",
                "/a/ | must not end with '/': a trailing slash never changes what a path means",
                "/a/**/ | must not end with '/': a trailing slash never changes what a path means",
                "/x/**/y | may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment",
                "/a* | may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment",
                "/*/a | may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment",
                "/a** | may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment",
                "/a/{b | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a/b} | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a/{} | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a/{b}c | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a/{b c} | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a/{1b} | may have braces only around a whole segment, as in '/orders/{id}'",
                "/a;b | must not contain ';': back ends disagree about path parameters",
                "/. | has the segment '.', which no path in normal form can have",
                "/a/./b | has the segment '.', which no path in normal form can have",
                "/.. | has the segment '..': '..' must not lead above the root",
                "/a/%2e%2E | has the segment '%2e%2E': '..' must not lead above the root",
                "/a/%2e | has the segment '%2e', which no path in normal form can have",
                "/a%2Fb | has the segment 'a%2Fb', which no path in normal form can have",
                "/a%5cb | has the segment 'a%5cb', which no path in normal form can have",
                "/%2F | has the segment '%2F', which no path in normal form can have",
                "/a\\b | has the segment 'a\\b', which no path in normal form can have",
                "/a%00 | has the segment 'a%00': a path must not contain a control character",
                "/a%zz | has the segment 'a%zz': an escape must be '%' and two hexadecimal digits",
                "/a% | has the segment 'a%': an escape must be '%' and two hexadecimal digits",
                "/a%FF | has the segment 'a%FF': escapes above %7F must be UTF-8",
                "/a b | has the segment 'a b': a path must not contain ' ' unescaped",
                "/a?b | has the segment 'a?b': a path must not contain '?' unescaped",
                "/a#b | has the segment 'a#b': a request target must not have a fragment",
            })
    void refusesWhatIsNoPattern(String text, String why) {
        assertThatThrownBy(() -> PathPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a path pattern " + why + ", but was '" + text + "'");
    }

    @Test
    void refusesAPatternThatIsTooLong() {
        assertThat(PathPattern.parse("/" + "a".repeat(1023)).segments()).hasSize(1);
        assertThatThrownBy(() -> PathPattern.parse("/" + "a".repeat(1024)))
                .hasMessage("a path pattern must be at most 1024 characters, but was 1025");
    }

    @Test
    void refusesASegmentThatIsNone() {
        String message = "a segment of a path pattern must not be empty nor contain '/', but was '%s'";
        assertThatThrownBy(() -> new PathPattern(List.of("a", ""), false)).hasMessage(message.formatted(""));
        assertThatThrownBy(() -> new PathPattern(List.of("a/b"), true)).hasMessage(message.formatted("a/b"));
    }

    @ParameterizedTest
    @CsvSource({"/, EXACT", "/a/b, EXACT", "/{x}, TEMPLATE", "/a/{x}/b, TEMPLATE", "/**, PREFIX", "/{x}/**, PREFIX"})
    void hasAShape(String text, PathPattern.Shape shape) {
        assertThat(PathPattern.parse(text).shape()).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b, true",
        "/a/b, /a, false",
        "/a/b, /a/b/c, false",
        "/a/b, /A/b, false",
        "/a/{x}, /a/7, true",
        "/a/{x}, /a, false",
        "/a/{x}, /a/, false",
        "/a/{x}, /a/7/8, false",
        "/foo/**, /foo, true",
        "/foo/**, /foo/, true",
        "/foo/**, /foo/bar/baz, true",
        "/foo/**, /foobar, false",
        "/foo/**, /fo, false",
        "/foo/**, /, false",
        "/**, /, true",
        "/, /, true",
        "/, /a, false",
        "/{x}, /, false",
        "/{x}/**, /, false",
        "/a/b, /a/b/, true",
        "/a/{x}, /a/7/, true",
    })
    void matchesByWholeSegments(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(matches);
    }
}
