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
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, Manifest> sorted = new TreeMap<>();
            manifests.forEach(each -> sorted.put(each.apiVersion() + " " + each.id(), each));
            sorted.forEach((id, each) -> {
                add(digest, id);
                add(digest, each.labels());
                add(digest, each.annotations());
                add(digest, each.spec());
            });
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The order of fields says nothing, that of items does. */
    private static void add(MessageDigest digest, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
            add(digest, "{" + sorted.size());
            sorted.forEach((key, each) -> {
                add(digest, key);
                add(digest, each);
            });
        } else if (value instanceof List<?> list) {
            add(digest, "[" + list.size());
            list.forEach(each -> add(digest, each));
        } else {
            byte[] bytes = (value.getClass().getSimpleName() + " " + value).getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }
}
