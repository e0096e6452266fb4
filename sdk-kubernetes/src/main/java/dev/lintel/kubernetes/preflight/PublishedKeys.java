package dev.lintel.kubernetes.preflight;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the keys of an issuer are good for: the algorithms that each can check a signature by (RFC 7517; RFC 7518, 3.1; RFC
 * 8037, 3.1).
 */
record PublishedKeys(List<Map<?, ?>> keys) {
    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Set<String> EDWARDS = Set.of("EdDSA", "Ed25519");
    private static final int SHOWN = 60;

    PublishedKeys {
        keys = List.copyOf(keys);
    }

    long symmetric() {
        return keys.stream().filter(key -> Docs.text(key, "kty").equals("oct")).count();
    }

    boolean anyPublic() {
        return keys.stream().anyMatch(key -> Set.of("RSA", "EC", "OKP").contains(Docs.text(key, "kty")));
    }

    /** All algorithms that one of the keys is good for. */
    Set<String> algorithms() {
        Set<String> all = new TreeSet<>();
        keys.forEach(key -> all.addAll(algorithms(key)));
        return all;
    }

    /** Keys that are good for something, and for none of these; in words. */
    List<String> besides(Set<String> allowed) {
        List<String> others = new ArrayList<>();
        for (Map<?, ?> key : keys) {
            Set<String> good = algorithms(key);
            if (!good.isEmpty() && good.stream().noneMatch(allowed::contains)) {
                others.add(words(key));
            }
        }
        return others;
    }

    /** What the keys say they are, each once, for messages. */
    Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        keys.forEach(key -> words.add(words(key)));
        return words;
    }

    private static String words(Map<?, ?> key) {
        StringBuilder words = new StringBuilder(Docs.text(key, "kty"));
        for (String member : List.of("crv", "alg", "use")) {
            String value = Docs.text(key, member);
            words.append(value.isEmpty() ? "" : " " + member + " " + value);
        }
        return words.length() > SHOWN ? words.substring(0, SHOWN) + "…" : words.toString();
    }

    private static Set<String> algorithms(Map<?, ?> key) {
        List<String> operations = Docs.texts(key, "key_ops");
        if (Docs.text(key, "use").equals("enc") || !operations.isEmpty() && !operations.contains("verify")) {
            return Set.of();
        }
        Set<String> possible = possible(Docs.text(key, "kty"), Docs.text(key, "crv"));
        String said = Docs.text(key, "alg");
        if (said.isEmpty() || EDWARDS.contains(said) && possible.contains(said)) {
            return possible;
        }
        return possible.contains(said) ? Set.of(said) : Set.of();
    }

    private static Set<String> possible(String type, String curve) {
        return switch (type) {
            case "RSA" -> RSA;
            case "OKP" -> curve.equals("Ed25519") ? EDWARDS : Set.of();
            case "EC" ->
                switch (curve) {
                    case "P-256" -> Set.of("ES256");
                    case "P-384" -> Set.of("ES384");
                    case "P-521" -> Set.of("ES512");
                    default -> Set.of();
                };
            default -> Set.of();
        };
    }
}
