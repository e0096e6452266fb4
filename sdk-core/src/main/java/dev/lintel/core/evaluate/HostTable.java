package dev.lintel.core.evaluate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a value by host name, in any case, with or without port and trailing dot, without allocating.
 *
 * @param <V> what is found
 */
final class HostTable<V> {
    private final String[] hosts;
    private final int[] hashes;
    private final Object[] values;

    HostTable(Map<String, V> byHost) {
        int size = Integer.highestOneBit(Math.max(4, byHost.size() * 2)) * 2;
        hosts = new String[size];
        hashes = new int[size];
        values = new Object[size];
        byHost.forEach((host, value) -> {
            int hash = hash(host, host.length());
            int slot = hash & (size - 1);
            while (hosts[slot] != null) {
                slot = (slot + 1) & (size - 1);
            }
            hosts[slot] = host;
            hashes[slot] = hash;
            values[slot] = value;
        });
    }

    @Nullable
    V find(String authority) {
        return find(authority, Authority.nameEnd(authority));
    }

    /** The value for the first so many characters of a text. */
    @SuppressWarnings("unchecked")
    @Nullable
    V find(String text, int end) {
        if (end < 0) {
            return null;
        }
        int hash = hash(text, end);
        int slot = hash & (hosts.length - 1);
        for (String host = hosts[slot]; host != null; host = hosts[slot]) {
            if (hashes[slot] == hash && host.length() == end && isAt(host, text, 0)) {
                return (V) values[slot];
            }
            slot = (slot + 1) & (hosts.length - 1);
        }
        return null;
    }

    /** Whether a name stands at some place of a text, in any case of ASCII and of ASCII only. */
    static boolean isAt(String name, String text, int from) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(name.charAt(i)) != lower(text.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static int hash(String text, int end) {
        int hash = 0;
        for (int i = 0; i < end; i++) {
            hash = hash * 31 + lower(text.charAt(i));
        }
        return hash ^ (hash >>> 15);
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
