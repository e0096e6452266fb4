package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.match.PathPattern.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @Test
    void anExactPatternMatchesItsPathAndNoOther() {
        PathPattern pattern = PathPattern.parse("/a/b");
        assertThat(pattern.matches("/a/b")).isTrue();
        assertThat(pattern.matches("/a")).isFalse();
        assertThat(pattern.matches("/a/bc")).isFalse();
        assertThat(pattern.matches("/a/b/c")).isFalse();
        assertThat(pattern.matches("/")).isFalse();
    }

    @Test
    void aNameInBracesMatchesOneSegmentThatIsNotEmpty() {
        PathPattern pattern = PathPattern.parse("/a/{id}/c");
        assertThat(pattern.matches("/a/7/c")).isTrue();
        assertThat(pattern.matches("/a/7/8/c")).isFalse();
        assertThat(pattern.matches("/a//c")).isFalse();
        assertThat(PathPattern.parse("/a/{id}").matches("/a/")).isFalse();
    }

    @Test
    void aSubtreeMatchesByWholeSegments() {
        PathPattern pattern = PathPattern.parse("/foo/**");
        assertThat(pattern.matches("/foo")).isTrue();
        assertThat(pattern.matches("/foo/")).isTrue();
        assertThat(pattern.matches("/foo/bar/baz")).isTrue();
        assertThat(pattern.matches("/foobar")).isFalse();
        assertThat(pattern.matches("/")).isFalse();
        assertThat(PathPattern.ANY.matches("/")).isTrue();
    }

    @Test
    void aTrailingSlashIsPassedOver() {
        assertThat(PathPattern.parse("/a/b").matches("/a/b/")).isTrue();
        assertThat(PathPattern.parse("/a/{x}").matches("/a/b/")).isTrue();
        assertThat(PathPattern.parse("/").matches("/")).isTrue();
    }

    @Test
    void pathsAreComparedWithCase() {
        assertThat(PathPattern.parse("/admin").matches("/ADMIN")).isFalse();
    }

    @Test
    void literalsAreBroughtIntoNormalForm() {
        assertThat(PathPattern.parse("/caf\u00e9/%7Euser/a%2db").toString()).isEqualTo("/caf%C3%A9/~user/a-b");
    }

    @Test
    void theShapeTellsHowSpecificItIs() {
        assertThat(PathPattern.parse("/a/b").shape()).isEqualTo(Shape.EXACT);
        assertThat(PathPattern.parse("/a/{b}").shape()).isEqualTo(Shape.TEMPLATE);
        assertThat(PathPattern.parse("/a/{b}/**").shape()).isEqualTo(Shape.PREFIX);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a//b            | a path pattern must start with '/', but was 'a//b'
            /a//b           | a path pattern must not have an empty segment ('//'), but was '/a//b'
            /x/**/y         | a path pattern may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment, but was '/x/**/y'
            /a*             | a path pattern may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment, but was '/a*'
            /a/             | a path pattern must not end with '/': a trailing slash never changes what a path means, but was '/a/'
            /a/x{b}         | a path pattern may have braces only around a whole segment, as in '/orders/{id}', but was '/a/x{b}'
            /a/{}           | a path pattern may have braces only around a whole segment, as in '/orders/{id}', but was '/a/{}'
            /a;b            | a path pattern must not contain ';': back ends disagree about path parameters, but was '/a;b'
            /a/../b         | a path pattern has the segment '..': '..' must not lead above the root, but was '/a/../b'
            /a%2fb          | a path pattern has the segment 'a%2fb', which no path in normal form can have, but was '/a%2fb'
            /a%zz           | a path pattern has the segment 'a%zz': an escape must be '%' and two hexadecimal digits, but was '/a%zz'
            /a?b            | a path pattern has the segment 'a?b': a path must not contain '?' unescaped, but was '/a?b'
            """)
    void whatIsNoPatternIsRefusedWithTheReason(String text, String message) {
        assertThatThrownBy(() -> PathPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aPatternIsNotEmptyAndNotHuge() {
        assertThatThrownBy(() -> PathPattern.parse("")).hasMessage("a path pattern must start with '/', but was ''");
        assertThatThrownBy(() -> PathPattern.parse("/" + "a".repeat(1024)))
                .hasMessageStartingWith("a path pattern must be at most 1024 characters");
    }

    @Test
    void theCommonPathsOfTwoPatternsAreAPattern() {
        assertThat(intersection("/a/{x}/c", "/a/b/{y}")).isEqualTo("/a/b/c");
        assertThat(intersection("/a/**", "/a/{x}")).isEqualTo("/a/{x}");
        assertThat(intersection("/a/**", "/{x}/b/**")).isEqualTo("/a/b/**");
        assertThat(intersection("/a/**", "/b/**")).isEqualTo("none");
        assertThat(intersection("/a", "/a/b")).isEqualTo("none");
        assertThat(intersection("/a", "/a/**")).isEqualTo("/a");
    }

    private static String intersection(String a, String b) {
        return PathPattern.parse(a)
                .intersect(PathPattern.parse(b))
                .map(PathPattern::toString)
                .orElse("none");
    }
}
