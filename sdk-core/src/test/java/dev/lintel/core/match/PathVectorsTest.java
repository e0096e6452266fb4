package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathVectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/a/b.c/..d/e../...",
                "/.well-known/openid-configuration",
                "/a%20b/%C3%A9/%F0%9F%98%80",
                "/%252e%252e/admin",
                "/%3F%23%3B",
                "/-._~!$&'()*+,=:@",
                "/ADMIN",
            })
    void leavesANormalPathAsItIs(String path) {
        assertThat(PathNormalizer.STRICT.normalize(path)).isSameAs(path);
        assertThat(PathNormalizer.STRICT.refusal(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/%61dmin, /admin",
        "/%7e%2d%5F, /~-_",
        "/%c3%a9, /%C3%A9",
        "/a%20b%3f, /a%20b%3F",
        "/%252f, /%252f",
        "/pub/%252e%252e/admin, /pub/%252e%252e/admin",
    })
    void decodesUnreservedCharactersOnceAndWritesOtherEscapesInUpperCase(String raw, String normal) {
        assertThat(PathNormalizer.STRICT.normalize(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2fb, /a/b",
        "/a%2Fb, /a/b",
        "/a%5cb, /a/b",
        "/a%5Cb, /a/b",
        "'/a\\b', /a/b",
        "'\\a', /a",
        "/admin%2f, /admin/",
    })
    void turnsEscapedSlashesAndBackslashesIntoSlashes(String raw, String normal) {
        assertThat(PathNormalizer.STRICT.normalize(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "/./admin, /admin",
        "/pub/../admin, /admin",
        "/pub/%2e%2e/admin, /admin",
        "/pub/.%2E/admin, /admin",
        "/pub/%2e./admin, /admin",
        "/pub%2f..%2fadmin, /admin",
        "/pub/..%2fadmin, /admin",
        "'/pub\\..\\admin', /admin",
        "/pub%5c..%5cadmin, /admin",
        "/a/., /a/",
        "/a/.., /",
        "/a/b/.., /a/",
        "/., /",
        "/a/./././b, /a/b",
        "/public/../../admin, ''",
    })
    void resolvesDotSegmentsPlainAndEscaped(String raw, String normal) {
        assertThat(PathNormalizer.STRICT.normalize(raw)).isEqualTo(normal.isEmpty() ? null : normal);
    }

    @ParameterizedTest
    @CsvSource({"//admin, /admin", "/a///b, /a/b", "/a//, /a/", "//, /", "/a%2f%2fb, /a/b", "'/a\\\\b', /a/b"})
    void mergesRepeatedSlashes(String raw, String normal) {
        assertThat(PathNormalizer.STRICT.normalize(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({"/a//../b, /a/b", "/a//..//../b, /a/b", "//.., /", "/a/b//../.., /a/", "//../.., ''"})
    void resolvesDotSegmentsBeforeItMergesSlashes(String raw, String normal) {
        assertThat(PathNormalizer.STRICT.normalize(raw)).isEqualTo(normal.isEmpty() ? null : normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | a path must start with '/'",
                "* | a path must start with '/'",
                "admin | a path must start with '/'",
                "%2Fadmin | a path must start with '/'",
                "http://h/admin | a path must start with '/'",
                "/.. | '..' must not lead above the root",
                "/%2e%2e/admin | '..' must not lead above the root",
                "/a/../.. | '..' must not lead above the root",
                "/admin%00 | a path must not contain a control character",
                "/a%0d%0aX | a path must not contain a control character",
                "/a%1f | a path must not contain a control character",
                "/a%7F | a path must not contain a control character",
                "/a% | an escape must be '%' and two hexadecimal digits",
                "/a%4 | an escape must be '%' and two hexadecimal digits",
                "/a%zz | an escape must be '%' and two hexadecimal digits",
                "/a%u0041 | an escape must be '%' and two hexadecimal digits",
                "/a%%32%65 | an escape must be '%' and two hexadecimal digits",
                "/%c0%ae%c0%ae/admin | escapes above %7F must be UTF-8",
                "/%e0%80%ae | escapes above %7F must be UTF-8",
                "/%f0%80%80%ae | escapes above %7F must be UTF-8",
                "/%ed%a0%80 | escapes above %7F must be UTF-8",
                "/%f4%90%80%80 | escapes above %7F must be UTF-8",
                "/%c3 | escapes above %7F must be UTF-8",
                "/%c3/%a9 | escapes above %7F must be UTF-8",
                "/%c3%2f | escapes above %7F must be UTF-8",
                "/%80 | escapes above %7F must be UTF-8",
                "/%ff | escapes above %7F must be UTF-8",
                "/admin#x | a request target must not have a fragment",
                "/admin?x | a path must not contain '?' unescaped",
                "/admin x | a path must not contain ' ' unescaped",
                "/a<b | a path must not contain '<' unescaped",
                "/a[b | a path must not contain '[' unescaped",
                "/é | a path must be ASCII, anything else escaped",
                "/a／b | a path must be ASCII, anything else escaped",
                "/admin;x=1 | a path must not contain ';'",
                "/pub/..;/admin | a path must not contain ';'",
            })
    void refusesWhatIsAmbiguousOrInvalid(String raw, String why) {
        assertThat(PathNormalizer.STRICT.refusal(raw)).isEqualTo(why);
        assertThat(PathNormalizer.STRICT.normalize(raw)).isNull();
    }

    @Test
    void refusesControlCharacters() {
        for (char c : new char[] {0, '\t', '\n', '\r', 0x1f, 0x7f}) {
            assertThat(PathNormalizer.STRICT.refusal("/a" + c))
                    .isEqualTo("a path must not contain a control character");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a;x=1, /a;x=1",
        "/;/b, /;/b",
        "/a/...;x, /a/...;x",
        "/a;x/../b, /b",
        "/a/%2e;%2f, ''",
        "/a//b;c, /a/b;c"
    })
    void letsPathParametersThroughWhereTheyAreAllowed(String raw, String normal) {
        assertThat(PathNormalizer.WITH_PARAMETERS.normalize(raw)).isEqualTo(normal.isEmpty() ? null : normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/pub/..;/admin", "/pub/..;x=1/admin", "/pub/.;/admin", "/a/..;", "/a/%2e%2e;/b", "/a/.%2e;b"})
    void refusesADotSegmentWithAParameterEvenWhereParametersAreAllowed(String raw) {
        assertThat(PathNormalizer.WITH_PARAMETERS.refusal(raw)).isEqualTo("a dot segment must not have a parameter");
    }

    @Test
    void keepsAnEscapedSemicolonEscaped() {
        assertThat(PathNormalizer.STRICT.normalize("/a/..%3b/b")).isEqualTo("/a/..%3B/b");
    }
}
