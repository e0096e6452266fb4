package dev.lintel.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.match.PathPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {
    @ParameterizedTest
    @CsvSource({
        "/shop/**, /api, /shop, /api",
        "/shop/**, /api, /shop/, /api/",
        "/shop/**, /api, /shop/7, /api/7",
        "/shop/**, /api, /shop/7/, /api/7/",
        "/shop/**, /api/v2, /shop/shop/7, /api/v2/shop/7",
        "/shop/**, /, /shop, /",
        "/shop/**, /, /shop/, /",
        "/shop/**, /, /shop/7, /7",
        "/a/b/**, /c, /a/b/d, /c/d",
        "/**, /api, /, /api/",
        "/**, /api, /7, /api/7",
        "/**, /, /7/, /7/",
    })
    void replacesTheLiteralPartOfAPrefixAndKeepsWhatStandsBelow(String from, String to, String path, String forwarded) {
        assertThat(rewrite(from, to).apply(path)).isEqualTo(forwarded);
    }

    @ParameterizedTest
    @CsvSource({"/shop, /api, /shop, /api", "/shop, /api, /shop/, /api", "/shop, /, /shop, /", "/, /home, /, /home"})
    void replacesAnExactPathAsAWhole(String from, String to, String path, String forwarded) {
        assertThat(rewrite(from, to).apply(path)).isEqualTo(forwarded);
    }

    @Test
    void aRewrittenPathIsInNormalFormAndBelowTheNodeItWasSentTo() {
        String[] nodes = {"/", "/a", "/a/b", "/x/y/z"};
        String[] rests = {"", "/", "/7", "/7/", "/a", "/a/b/c", "/..x/.y/", "/%20/%C3%A9"};
        for (String node : nodes) {
            for (String to : nodes) {
                for (String rest : rests) {
                    String path = (node + rest).replace("//", "/");
                    String forwarded =
                            rewrite((node + "/**").replace("//", "/"), to).apply(path);
                    assertThat(PathNormalizer.STRICT.normalize(forwarded))
                            .as("%s from %s to %s", path, node, to)
                            .isSameAs(forwarded);
                    PathPattern below = PathPattern.parse((to + "/**").replace("//", "/"));
                    assertThat(below.matches(forwarded)).isTrue();
                    String back = rewrite(below.toString(), node).apply(forwarded);
                    assertThat(bare(back)).isEqualTo(bare(path));
                }
            }
        }
    }

    private static String bare(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Rewrite rewrite(String from, String to) {
        return new Rewrite(PathPattern.parse(from), to, Origin.unknown());
    }
}
