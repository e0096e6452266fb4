package dev.lintel.graphql.name;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names that must differ from each other. What has a name in the lock keeps it; then comes who would be called exactly as
 * the document says, and then all others, each in the order of their keys: the order of the document plays no part.
 */
public final class Scope {
    private record Wish(boolean exact, List<String> names) {}

    private final SortedMap<String, Wish> wishes = new TreeMap<>();
    private final Set<String> taken;
    private final NameLock lock;

    /**
     * An empty scope.
     *
     * @param prefix with which all its keys begin
     * @param lock names to be kept, and not to be given to others
     * @param reserved words that are no names here
     */
    public Scope(String prefix, NameLock lock, Set<String> reserved) {
        this.lock = lock;
        this.taken = new HashSet<>(reserved);
        for (Map.Entry<String, String> kept : lock.names().tailMap(prefix).entrySet()) {
            if (!kept.getKey().startsWith(prefix)) {
                break;
            }
            boolean unusedNews = taken.add(kept.getValue());
        }
    }

    /**
     * Something that needs a name.
     *
     * @param key what it is, begins with the prefix
     * @param exact whether the first wish is what the document says, letter by letter
     * @param names wishes, the best first; those that are empty do not count
     */
    public void wish(String key, boolean exact, String... names) {
        List<String> some = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                some.add(Words.name(name));
            }
        }
        wishes.put(key, new Wish(exact, some));
    }

    /**
     * Gives the names.
     *
     * @return names by keys
     */
    public SortedMap<String, String> give() {
        SortedMap<String, String> given = new TreeMap<>();
        for (String key : wishes.keySet()) {
            String kept = lock.names().get(key);
            if (kept != null) {
                given.put(key, kept);
            }
        }
        wishes.forEach((key, wish) -> {
            if (wish.exact()
                    && !given.containsKey(key)
                    && taken.add(wish.names().get(0))) {
                given.put(key, wish.names().get(0));
            }
        });
        wishes.forEach((key, wish) -> {
            if (!given.containsKey(key)) {
                given.put(key, free(key, wish.names()));
            }
        });
        return given;
    }

    private String free(String key, List<String> names) {
        for (String name : names) {
            if (taken.add(name)) {
                return name;
            }
        }
        String digest = digest(key);
        String stem = names.isEmpty() ? "_" : names.get(0);
        String joint = stem.endsWith("_") ? "" : "_";
        for (int length = 6; length < digest.length(); length++) {
            String name = stem + joint + digest.substring(0, length);
            if (taken.add(name)) {
                return name;
            }
        }
        throw new IllegalStateException("two keys have the same digest");
    }

    private static String digest(String key) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
