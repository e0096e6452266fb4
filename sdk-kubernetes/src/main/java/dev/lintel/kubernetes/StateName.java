package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names what a cluster says: equal names, equal words. Versions of objects are not in it, because a status that somebody
 * writes changes them and nothing else.
 */
final class StateName {
    private static final int BYTES = 8;

    private StateName() {}

    static String of(Collection<Manifest> manifests) {
        try {
            Words words = new Words(MessageDigest.getInstance("SHA-256"));
            Map<String, Manifest> sorted = new TreeMap<>();
            manifests.forEach(each -> sorted.put(each.apiVersion() + " " + each.id(), each));
            sorted.forEach((id, each) -> {
                words.add(id);
                words.add(each.labels());
                words.add(each.annotations());
                words.add(each.spec());
            });
            return HexFormat.of().formatHex(words.digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What is named, each word with its length. */
    private record Words(MessageDigest digest) {
        /** The order of fields says nothing, that of items does. */
        void add(Object value) {
            if (value instanceof Map<?, ?> map) {
                word("String {" + map.size());
                if (map.size() < 2) {
                    map.forEach(this::field);
                } else {
                    Map<String, Object> sorted = new TreeMap<>();
                    map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
                    sorted.forEach(this::field);
                }
            } else if (value instanceof List<?> list) {
                word("String [" + list.size());
                list.forEach(this::add);
            } else if (value instanceof String text) {
                word("String " + text);
            } else {
                word(value.getClass().getSimpleName() + " " + value);
            }
        }

        private void field(Object key, Object value) {
            add(String.valueOf(key));
            add(value);
        }

        private void word(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }
}
