package dev.lintel.embedded.login;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by the cookie that they were read from, so that the next request of a browser need not decrypt it. A fixed number of
 * places, each for one cookie: a newer one takes the place of an older.
 */
final class SessionCache {
    private static final int PLACES = 1024;
    private static final int TAIL = 12;

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);

    private record Entry(SessionKeys keys, String host, String value, Session session) {}

    /** Null if it is not there, or was read with other keys or at another host. */
    @Nullable
    Session get(SessionKeys keys, String host, String value) {
        Entry entry = places.get(place(value));
        return entry != null
                        && entry.keys() == keys
                        && entry.value().equals(value)
                        && entry.host().equals(host)
                ? entry.session()
                : null;
    }

    void put(SessionKeys keys, String host, String value, Session session) {
        places.set(place(value), new Entry(keys, host, value, session));
    }

    /** By the end of the value, which is that of a random-looking tag: hashing all of it takes longer than all else here. */
    private static int place(String value) {
        int hash = 0;
        for (int i = Math.max(0, value.length() - TAIL); i < value.length(); i++) {
            hash = 31 * hash + value.charAt(i);
        }
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
