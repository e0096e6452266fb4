package dev.lintel.mesh.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Expressions of anybody are never compiled, and those of our own need few looks at the signs of a long text: each is run
 * over texts that nearly match, which count the looks.
 */
class OwnExpressionsTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern CALL =
            Pattern.compile("(Pattern\\.compile|Pattern\\.matches|\\.replaceAll|\\.replaceFirst)\\(\\s*");
    private static final Pattern MATCHES = Pattern.compile("\\.matches\\(\\s*(?=\")");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"(\\s*\\+\\s*(?=\"))?");

    /** What changes the elements of a list, by a method of the same name. */
    private static final Pattern FUNCTION = Pattern.compile("::|->");

    private static final int LONG = 20_000;
    /** For each sign of a text; one whose looks are squared needs thousands. */
    private static final int LOOKS = 40;

    @Test
    void noExpressionOfAnybodyIsCompiled() throws IOException {
        List<String> foreign = new ArrayList<>();
        Map<String, String> own = own(foreign);

        assertThat(foreign).as("calls whose expression is not written there").isEmpty();
        assertThat(own).hasSizeGreaterThan(30);
    }

    @Test
    void noExpressionOfOursIsLongInFailing() throws IOException {
        List<String> slow = new ArrayList<>();
        own(new ArrayList<>()).forEach((expression, file) -> {
            Pattern pattern = Pattern.compile(expression);
            for (String piece :
                    List.of("a", "/", "/a", "0", "-", ".", "a.", "%41", "{*}", "/{*}", "[", "|", " ", "A", "1h")) {
                for (String end : List.of("", "!", "\n", "{", "$")) {
                    Counted text = new Counted(piece.repeat(LONG / piece.length()) + end);
                    try {
                        assertThat(pattern.matcher(text).matches()).isIn(true, false);
                    } catch (StackOverflowError e) {
                        slow.add(file + ": " + expression + ": a deep stack of " + piece + " and " + end);
                    } catch (Counted.TooManyLooks e) {
                        slow.add(file + ": " + expression + ": many looks at " + piece + " and " + end);
                    }
                }
            }
        });

        assertThat(slow).isEmpty();
    }

    /** The count finds what it is there to find. */
    @Test
    void anExpressionThatIsLongInFailingIsSeen() {
        Counted text = new Counted("a".repeat(LONG) + "!");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> assertThat(Pattern.matches("(.*a){3}x", text)).isFalse()))
                .isInstanceOfAny(Counted.TooManyLooks.class, StackOverflowError.class);
    }

    private static Map<String, String> own(List<String> foreign) throws IOException {
        Map<String, String> own = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String source = Files.readString(file);
                String name = String.valueOf(file.getFileName());
                for (Pattern call : List.of(CALL, MATCHES)) {
                    Matcher at = call.matcher(source);
                    while (at.find()) {
                        String expression = literal(source, at.end());
                        String said =
                                source.substring(at.end()).lines().findFirst().orElse("");
                        if (expression.isEmpty() && !FUNCTION.matcher(said).find()) {
                            foreign.add(name + ": " + said);
                        } else if (!expression.isEmpty()) {
                            own.put(expression, name);
                        }
                    }
                }
            }
        }
        return own;
    }

    private static String literal(String source, int begin) {
        StringBuilder literal = new StringBuilder();
        Matcher part = LITERAL.matcher(source).region(begin, source.length());
        while (part.lookingAt()) {
            literal.append(part.group(1).translateEscapes());
            boolean more = part.group(2) != null;
            part.region(part.end(), source.length());
            if (!more) {
                // What is added to it may be of anybody.
                return source.substring(part.regionStart()).stripLeading().startsWith("+") ? "" : literal.toString();
            }
        }
        return "";
    }

    /** A text that counts how often somebody looks at a sign. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        /** More looks than the length of a text can explain. */
        static final class TooManyLooks extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public char charAt(int index) {
            looks++;
            if (looks > (long) LOOKS * (text.length() + 1)) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
