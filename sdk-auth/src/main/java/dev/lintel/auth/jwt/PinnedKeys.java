package dev.lintel.auth.jwt;

import dev.lintel.auth.net.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys of an issuer that are said in place of the address at which they are. */
public final class PinnedKeys {
    private static final int LONGEST = 65_536;
    private static final int MOST = 64;
    /** Of RSA, of curves, and of shared secrets (RFC 7518, 6). */
    private static final List<String> SECRET = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private PinnedKeys() {}

    /**
     * A JSON Web Key Set that may stand in a definition.
     *
     * @param issuer whose keys they are, for messages
     * @param text at most 65,536 characters with at most 64 keys, all of them public and well formed, each with a {@code kid}
     *     of its own or with none, one of them good for signatures
     * @return the same on one line
     * @throws IllegalArgumentException if it is not one; keys are not quoted
     */
    public static String checked(String issuer, String text) {
        String whose = "the keys of issuer '" + issuer + "'";
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    whose + " must have at most " + LONGEST + " characters, but have " + text.length());
        }
        // No text of JSON goes over the end of a line.
        String line = text.lines().map(String::strip).collect(Collectors.joining());
        List<?> keys = StrictJson.object(line.getBytes(StandardCharsets.UTF_8))
                .map(object -> object.get("keys"))
                .filter(List.class::isInstance)
                .map(List.class::cast)
                .orElseThrow(() -> new IllegalArgumentException(
                        whose + " must be a JSON Web Key Set, as in {\"keys\": [{\"kty\": …}]} (RFC 7517, 5)"));
        if (keys.size() > MOST) {
            throw new IllegalArgumentException(whose + " must be at most " + MOST + ", but are " + keys.size());
        }
        if (keys.stream().anyMatch(PinnedKeys::isSecret)) {
            throw new IllegalArgumentException(whose
                    + " must be public, but some hold a private part or a shared secret: say what the issuer publishes,"
                    + " and replace these keys if this text has left your hands");
        }
        readable(whose, keys);
        names(whose, keys);
        if (read(line).keys().isEmpty()) {
            throw new IllegalArgumentException(whose + " must hold one that is good for signatures");
        }
        return line;
    }

    private static void readable(String whose, List<?> keys) {
        for (int i = 0; i < keys.size(); i++) {
            if (!PinnedKey.isReadable(keys.get(i))) {
                throw new IllegalArgumentException(whose + " must all be well formed, but key " + (i + 1) + " of "
                        + keys.size() + " is not: say it as the issuer publishes it, or leave it out (RFC 7517, 4)");
            }
        }
    }

    /** Which of two keys of one name is meant is nowhere said, and one that was taken back may be good beside its successor. */
    private static void names(String whose, List<?> keys) {
        Map<Object, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Object name = keys.get(i) instanceof Map<?, ?> members ? members.get("kid") : null;
            Integer before = name == null ? null : places.putIfAbsent(name, i + 1);
            if (before != null) {
                throw new IllegalArgumentException(whose + " must have names of their own, but keys " + before + " and "
                        + (i + 1) + " have the same kid: leave out the one that the issuer does not sign with");
            }
        }
    }

    private static boolean isSecret(Object key) {
        return key instanceof Map<?, ?> members && SECRET.stream().anyMatch(members::containsKey);
    }

    /**
     * Whether any of some keys can have signed by one of the algorithms.
     *
     * @param text as {@link #checked} returns it
     * @param algorithms by their names
     * @return whether there is one
     */
    public static boolean fit(String text, List<String> algorithms) {
        KeySet keys = read(text);
        return algorithms.stream()
                .flatMap(name -> Algorithm.named(name).stream())
                .anyMatch(algorithm -> !keys.candidates(algorithm, null).isEmpty());
    }

    /** None where the text is no set of keys, which {@link #checked} would have refused: no token is good then. */
    static KeySet read(String text) {
        return KeySet.parse(text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> new KeySet(List.of()));
    }
}
