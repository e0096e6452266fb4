package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a test has shown of a policy in real proxies, where it is no case of the parity suite. Pages are made of it. */
public final class Proven {
    /** A file for each test and policy, which is rewritten with {@code -Dgolden=write}. */
    private static final Path FOLDER = Path.of("src", "test", "golden", "proven");

    private Proven() {}

    /** Which worlds were asked. */
    public enum Where {
        /** Real proxies and the gateway of this JVM. */
        BOTH("both"),
        /** Real proxies. */
        MESH("mesh alone");

        private final String words;

        Where(String words) {
            this.words = words;
        }
    }

    /**
     * Says it, at the end of the test: whatever failed before keeps it from being said.
     *
     * @param test which one
     * @param policy as the table calls it
     * @param where which worlds were asked
     * @param checks how many rows of its own data it has gone through
     * @param deviations that it has shown, by their codes
     */
    public static void say(Class<?> test, String policy, Where where, int checks, List<String> deviations) {
        Path file = FOLDER.resolve(test.getSimpleName() + " "
                + policy.replace("/v1", "").replace(", ", " ").replace('/', '.') + ".md");
        String codes = deviations.stream().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
        String row = "| `" + policy + "` | `" + test.getSimpleName() + "` | " + where.words + " | " + checks + " | "
                + codes + " |\n";
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, row);
            }
            assertThat(row).as("%s (rewrite with -Dgolden=write)", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
