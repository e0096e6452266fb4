package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All short paths of interesting pieces, and random ones of any characters. */
class PathNormalizerPropertyTest {
    private static final String[] PIECES = {
        "/", ".", ";", "a", "\\", "%2e", "%2F", "%5c", "%41", "%20", "%3b", "%C3", "%A9", "%c3%a9", "%00", "%", "é"
    };
    private static final int LENGTH = 4;
    private static final Pattern ESCAPES = Pattern.compile("%..|\\\\");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFastWayKnowsExactlyThePathsThatTheSlowWayLeavesAsTheyAre(boolean parameters) {
        PathNormalizer normalizer = normalizer(parameters);
        eachPath(path ->
                normalizer.isNormal(path) == path.equals(normalizer.slowly(path).path()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPathInNormalFormStaysAsItIs(boolean parameters) {
        PathNormalizer normalizer = normalizer(parameters);
        eachPath(path -> {
            String normal = normalizer.normalize(path);
            return normal == null || normal.equals(normalizer.normalize(normal));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thereIsEitherANormalFormOrARefusal(boolean parameters) {
        PathNormalizer normalizer = normalizer(parameters);
        eachPath(path -> (normalizer.normalize(path) == null) == (normalizer.refusal(path) != null));
    }

    @Test
    void aNormalFormHasNothingThatCouldBeReadInTwoWays() {
        Predicate<String> twofold = Pattern.compile("//|\\\\|;|%2[EeFf]|%5[Cc]|%41|%[01]|/\\.{1,2}(/|$)")
                .asPredicate();
        eachPath(path -> {
            String normal = PathNormalizer.STRICT.normalize(path);
            return normal == null || normal.startsWith("/") && !twofold.test(normal);
        });
    }

    @Test
    void theNormalFormIsTheOneOfANaiveReading() {
        eachPath(path -> {
            String normal = PathNormalizer.STRICT.normalize(path);
            return normal == null || normal.equals(naive(path));
        });
    }

    @Test
    void whatIsRefusedWithParametersIsRefusedWithoutThem() {
        eachPath(path -> PathNormalizer.WITH_PARAMETERS.normalize(path) != null
                || PathNormalizer.STRICT.normalize(path) == null);
    }

    /** Decode, resolve, merge: one after the other, on the whole text. */
    private static String naive(String path) {
        String decoded = ESCAPES.matcher(path).replaceAll(escape -> {
            String text = escape.group().equals("\\") ? "%5C" : escape.group().toUpperCase(Locale.ROOT);
            char character = (char) Integer.parseInt(text.substring(1), 16);
            boolean unreserved =
                    character < 128 && Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0;
            return "/\\".indexOf(character) >= 0 ? "/" : unreserved ? String.valueOf(character) : text;
        });
        List<String> kept = new ArrayList<>();
        String[] segments = decoded.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean dots = Set.of(".", "..").contains(segments[i]);
            if (segments[i].equals("..")) {
                kept.remove(kept.size() - 1);
            } else if (!dots) {
                kept.add(segments[i]);
            }
            if (dots && i == segments.length - 1) {
                kept.add("");
            }
        }
        return ("/" + String.join("/", kept)).replaceAll("/+", "/");
    }

    private static PathNormalizer normalizer(boolean parameters) {
        return parameters ? PathNormalizer.WITH_PARAMETERS : PathNormalizer.STRICT;
    }

    private static void eachPath(Predicate<String> holds) {
        each("", 0, holds);
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder path = new StringBuilder("/");
            for (int n = random.nextInt(12); n > 0; n--) {
                path.append(
                        random.nextInt(4) > 0
                                ? PIECES[random.nextInt(PIECES.length)]
                                : String.valueOf((char) random.nextInt(300)));
            }
            check(path.toString(), holds);
        }
    }

    private static void each(String begun, int length, Predicate<String> holds) {
        check(begun, holds);
        check("/" + begun, holds);
        if (length < LENGTH) {
            for (String piece : PIECES) {
                each(begun + piece, length + 1, holds);
            }
        }
    }

    private static void check(String path, Predicate<String> holds) {
        if (!holds.test(path)) {
            fail("does not hold for '" + path + "'");
        }
    }
}
