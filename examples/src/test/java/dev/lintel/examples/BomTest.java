package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users get by the BOM is what the build was tried with. */
class BomTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @ParameterizedTest
    @CsvSource({"netty.version, netty-bom", "protobuf.version, protobuf-bom"})
    void hasTheVersionsOfTheBuild(String property, String artifact) throws IOException {
        String build = found("<" + property + ">([^<]+)<", ROOT.resolve("pom.xml"));
        String published =
                found("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<", ROOT.resolve("bom/pom.xml"));

        assertThat(published).isEqualTo(build);
    }

    private static String found(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file.getFileName()).isTrue();
        return matcher.group(1);
    }
}
