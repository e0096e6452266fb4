package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNormalizerTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            / /
            /admin /admin
            /admin/ /admin/
            //admin /admin
            /./admin /admin
            /pub/../admin /admin
            /pub/%2e%2e/admin /admin
            /pub/.%2e/admin /admin
            /pub%2f..%2fadmin /admin
            /pub/..%2fadmin /admin
            /pub\\..\\admin /admin
            /pub%5c..%5cadmin /admin
            /%61dmin /admin
            /admin%2f /admin/
            /pub/%252e%252e/admin /pub/%252e%252e/admin
            /a%c3%a9 /a%C3%A9
            /admin%20 /admin%20
            /a//../b /a/b
            /a/b/.. /a/
            /a/. /a/
            /a//b/// /a/b/
            /%7euser /~user
            /a.b/..c/...d /a.b/..c/...d
            """)
    void findsTheNormalForm(String raw, String normal) {
        assertThat(path(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            admin           | a path must start with '/'
            *               | a path must start with '/'
            /..             | '..' must not lead above the root
            /a/../../b      | '..' must not lead above the root
            /%2e%2e/admin   | '..' must not lead above the root
            /admin%00       | a path must not contain a control character
            /a%0d%0ab       | a path must not contain a control character
            /a%7f           | a path must not contain a control character
            /%c0%ae%c0%ae/a | escapes above %7F must be UTF-8
            /%ff            | escapes above %7F must be UTF-8
            /%ed%a0%80      | escapes above %7F must be UTF-8
            /a%             | an escape must be '%' and two hexadecimal digits
            /a%2            | an escape must be '%' and two hexadecimal digits
            /a%zz           | an escape must be '%' and two hexadecimal digits
            /a%+1           | an escape must be '%' and two hexadecimal digits
            /admin#x        | a request target must not have a fragment
            /admin;x=1      | a path must not contain ';'
            /pub/..;/admin  | a path must not contain ';'
            "/a b"          | a path must not contain ' ' unescaped
            /a"<"b          | a path must not contain '"' unescaped
            """)
    void refusesWhatIsAmbiguous(String raw, String refusal) {
        assertThat(PathNormalizer.STRICT.refusal(raw)).isEqualTo(refusal);
        assertThat(path(raw)).isNull();
    }

    @Test
    void letsParametersThroughExceptInADotSegment() {
        assertThat(PathNormalizer.WITH_PARAMETERS.normalize("/a;x=1/b")).isEqualTo("/a;x=1/b");
        assertThat(PathNormalizer.WITH_PARAMETERS.refusal("/a/..;/b"))
                .isEqualTo("a dot segment must not have a parameter");
        assertThat(PathNormalizer.WITH_PARAMETERS.refusal("/a/.;x/b"))
                .isEqualTo("a dot segment must not have a parameter");
    }

    @Test
    void refusesBytesOutsideAscii() {
        assertThat(PathNormalizer.STRICT.refusal("/caf\u00e9"))
                .isEqualTo("a path must be ASCII, anything else escaped");
        assertThat(PathNormalizer.STRICT.refusal("/a\tb")).isEqualTo("a path must not contain a control character");
    }

    @Test
    void theNormalFormIsItsOwnNormalForm() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] pieces = {"/", "/", ".", "..", "a", "%2e", "%2f", "%5C", "\\", "%41", "%25", "2e", ";", "%c3%a9", "~"};
        for (int i = 0; i < 50_000; i++) {
            StringBuilder raw = new StringBuilder("/");
            for (int size = random.nextInt(8); size > 0; size--) {
                raw.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = PathNormalizer.WITH_PARAMETERS.normalize(raw.toString());
            if (once != null) {
                assertThat(PathNormalizer.WITH_PARAMETERS.normalize(once))
                        .as("%s, seed %d", raw, seed)
                        .isEqualTo(once);
                assertThat(once)
                        .as("%s, seed %d", raw, seed)
                        .doesNotContain("//")
                        .doesNotContain("/../");
            }
        }
    }

    private static @Nullable String path(String raw) {
        return PathNormalizer.STRICT.normalize(raw);
    }
}
