package dev.lintel.mesh;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An unchangeable map in its order with a handful of keys, in a third of the memory of a {@link LinkedHashMap}. Most maps of
 * an object are that small, and ten thousand APIs have a million of them.
 */
final class SmallMap<V> extends AbstractMap<String, V> {
    /** With more keys looking at one after the other would take too long. */
    private static final int MOST = 8;

    /** Longer keys are none of the fields that stand in all objects, in characters. */
    private static final int FIELD = 64;

    /**
     * Keys that were seen lately, each at the place of its hash. Threads may overwrite each other's: then a key is there
     * twice, and nothing else happens. Interning by the JVM took most of the time of reading objects.
     */
    private static final String[] SEEN = new String[1024];

    private final Object[] keysAndValues;

    private SmallMap(Object[] keysAndValues) {
        this.keysAndValues = keysAndValues;
    }

    /**
     * An unchangeable copy, whatever the size.
     *
     * @param each what becomes of each value
     */
    static <T, V> Map<String, V> copy(Map<?, ? extends T> map, Function<? super T, ? extends V> each) {
        if (map.size() > MOST) {
            Map<String, V> large = new LinkedHashMap<>();
            map.forEach((key, value) -> large.put(key(key), Objects.requireNonNull(each.apply(value))));
            return Collections.unmodifiableMap(large);
        }
        Object[] keysAndValues = new Object[2 * map.size()];
        int i = 0;
        for (Map.Entry<?, ? extends T> entry : map.entrySet()) {
            keysAndValues[i++] = key(entry.getKey());
            keysAndValues[i++] = Objects.requireNonNull(each.apply(entry.getValue()));
        }
        return new SmallMap<>(keysAndValues);
    }

    /** The same keys stand in all objects, and are kept once. */
    private static String key(Object any) {
        String key = String.valueOf(any);
        if (key.length() > FIELD) {
            return key;
        }
        int place = key.hashCode() & SEEN.length - 1;
        String seen = SEEN[place];
        if (key.equals(seen)) {
            return seen;
        }
        SEEN[place] = key;
        return key;
    }

    @Override
    public int size() {
        return keysAndValues.length / 2;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    @Nullable
    public V get(@Nullable Object key) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i].equals(key)) {
                return value(i);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // Every second one was a V.
    private V value(int i) {
        return (V) keysAndValues[i + 1];
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, V>> {
        @Override
        public int size() {
            return SmallMap.this.size();
        }

        @Override
        public Iterator<Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < keysAndValues.length;
                }

                @Override
                public Entry<String, V> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    next += 2;
                    return new SimpleImmutableEntry<>((String) keysAndValues[next - 2], value(next - 2));
                }
            };
        }
    }
}
