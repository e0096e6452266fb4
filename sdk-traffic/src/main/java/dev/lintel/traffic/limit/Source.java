package dev.lintel.traffic.limit;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: an IPv4 address, or the first 64 bits of an IPv6 address, which one customer has to itself
 * (RFC 6177). An IPv4 address in IPv6 form (RFC 4291, 2.5.5.2) is that IPv4 address.
 *
 * @param bits 32 or 64
 * @param prefix as many bits
 */
record Source(int bits, long prefix) {
    private static final int GROUPS = 8;

    /** Null for what is no address. */
    static @Nullable Source of(@Nullable String address) {
        if (address == null) {
            return null;
        }
        if (address.indexOf(':') < 0) {
            long v4 = v4(address, 0, address.length());
            return v4 < 0 ? null : new Source(32, v4);
        }
        int[] groups = groups(address, address.indexOf('%') < 0 ? address.length() : address.indexOf('%'));
        if (groups.length == 0) {
            return null;
        }
        long high = (long) groups[0] << 48 | (long) groups[1] << 32 | (long) groups[2] << 16 | groups[3];
        boolean mapped = high == 0 && groups[4] == 0 && groups[5] == 0xffff;
        return mapped ? new Source(32, (long) groups[6] << 16 | groups[7]) : new Source(64, high);
    }

    /** Eight groups; none if that is no IPv6 address. */
    private static int[] groups(String text, int length) {
        int[] found = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < length) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 || colon > length ? length : colon;
            int dot = text.indexOf('.', at);
            if (end == length && dot >= 0 && dot < length) {
                long v4 = v4(text, at, length);
                if (v4 < 0 || count > GROUPS - 2) {
                    return new int[0];
                }
                found[count++] = (int) (v4 >>> 16);
                found[count++] = (int) (v4 & 0xffff);
                break;
            }
            int group = number(text, at, end, 16, 4);
            if (group < 0 || count == GROUPS) {
                return new int[0];
            }
            found[count++] = group;
            at = end + 1;
            if (at == length && end < length) {
                return new int[0];
            }
            if (at < length && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return new int[0];
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return new int[0];
        }
        int[] groups = new int[GROUPS];
        int before = gap < 0 ? count : gap;
        System.arraycopy(found, 0, groups, 0, before);
        System.arraycopy(found, before, groups, GROUPS - (count - before), count - before);
        return groups;
    }

    /** -1 if that is no IPv4 address. */
    private static long v4(String text, int from, int to) {
        long address = 0;
        int at = from;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', at);
            int end = i == 3 ? to : dot;
            int part = end < at || end > to ? -1 : number(text, at, end, 10, 3);
            if (part < 0 || part > 255) {
                return -1;
            }
            address = address << 8 | part;
            at = end + 1;
        }
        return address;
    }

    private static int number(String text, int from, int to, int radix, int most) {
        if (to <= from || to - from > most) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
