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
    private final Object[] values;

    HostTable(Map<String, V> byHost) {
        int size = Integer.highestOneBit(Math.max(4, byHost.size() * 2)) * 2;
        hosts = new String[size];
        values = new Object[size];
        byHost.forEach((host, value) -> {
            int slot = hash(host, host.length()) & (size - 1);
            while (hosts[slot] != null) {
                slot = (slot + 1) & (size - 1);
            }
            hosts[slot] = host;
            values[slot] = value;
        });
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V find(String authority) {
        int end = end(authority);
        if (end < 0) {
            return null;
        }
        int slot = hash(authority, end) & (hosts.length - 1);
        for (String host = hosts[slot]; host != null; host = hosts[slot]) {
            if (host.length() == end && host.regionMatches(true, 0, authority, 0, end)) {
                return (V) values[slot];
            }
            slot = (slot + 1) & (hosts.length - 1);
        }
        return null;
    }

    /** Whether an authority is a host name or an address with an optional port, and nothing else. */
    static boolean isValid(String authority) {
        boolean good = !authority.isEmpty() && authority.length() <= 260;
        int colon = authority.lastIndexOf(':');
        int end = colon >= 0 && authority.indexOf(']', colon) < 0 ? colon : authority.length();
        for (int i = 0; i < authority.length() && good; i++) {
            char c = authority.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean name = digit || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == '_';
            good = i > end ? digit : i == end || name || bracketed(authority, i, end);
        }
        return good && end > 0;
    }

    private static boolean bracketed(String authority, int at, int end) {
        return authority.charAt(0) == '['
                && authority.charAt(end - 1) == ']'
                && (at == 0 || at == end - 1 || authority.charAt(at) == ':');
    }

    /** Where the name ends, without port and trailing dot; -1 if what follows the colon is no port. */
    private static int end(String authority) {
        int colon = authority.indexOf(':');
        int end = colon < 0 ? authority.length() : colon;
        for (int i = end + 1; i < authority.length(); i++) {
            if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
                return -1;
            }
        }
        return end > 1 && authority.charAt(end - 1) == '.' ? end - 1 : end;
    }

    private static int hash(String text, int end) {
        int hash = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            hash = hash * 31 + (c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        return hash ^ (hash >>> 15);
    }
}
