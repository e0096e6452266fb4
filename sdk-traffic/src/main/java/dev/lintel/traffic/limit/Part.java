package dev.lintel.traffic.limit;

/**
 * A part of the table: open addressing with linear probing, three numbers a place: both halves of the hash, and when the
 * bucket is full.
 *
 * <p>Buckets that have become full are like buckets that nobody has touched and are forgotten when room is needed. A table
 * that cannot grow any more never gives up a bucket that is not full, because then callers from many addresses could reset
 * the buckets of others: newcomers share one bucket until there is room.
 */
final class Part {
    /** 64 parts of these keep at most 6 MiB. */
    private static final int MOST_PLACES = 4096;

    private static final int LEAST_PLACES = 16;
    private static final int WIDTH = 3;
    /** A table that stays full of buckets in use is not looked through on every request. */
    private static final long SWEEP_MILLIS = 100;

    private final Pace pace;
    private long[] table = new long[0];
    private int places;
    private int used;
    private long swept = Long.MIN_VALUE;
    private long shared = Long.MIN_VALUE;

    Part(Pace pace) {
        this.pace = pace;
    }

    synchronized int size() {
        return used;
    }

    synchronized long bytes() {
        return (long) table.length * Long.BYTES;
    }

    synchronized long take(long first, long key, long now) {
        // A place whose hash is zero is empty.
        long second = first == 0 && key == 0 ? 1 : key;
        if (used >= places - places / 4 && !isThere(first, second) && !makeRoom(now)) {
            shared = pace.possible(shared, now);
            long wait = pace.wait(shared, now);
            shared += wait == 0 ? pace.interval() : 0;
            return wait;
        }
        int at = find(table, places, first, second);
        boolean known = table[at] != 0 || table[at + 1] != 0;
        long full = known ? pace.possible(table[at + 2], now) : now;
        long wait = pace.wait(full, now);
        table[at] = first;
        table[at + 1] = second;
        table[at + 2] = wait == 0 ? full + pace.interval() : full;
        used += known ? 0 : 1;
        return wait;
    }

    private boolean isThere(long first, long second) {
        int at = places == 0 ? -1 : find(table, places, first, second);
        return at >= 0 && (table[at] != 0 || table[at + 1] != 0);
    }

    /** Where a hash is, or the empty place where it would be. */
    private static int find(long[] table, int places, long first, long second) {
        int place = (int) second & places - 1;
        while (true) {
            int at = place * WIDTH;
            boolean empty = table[at] == 0 && table[at + 1] == 0;
            if (empty || table[at] == first && table[at + 1] == second) {
                return at;
            }
            place = place + 1 & places - 1;
        }
    }

    /** Forgets full buckets, and grows or shrinks to twice what is left. */
    private boolean makeRoom(long now) {
        long since = now - swept;
        if (places == MOST_PLACES && swept != Long.MIN_VALUE && since >= 0 && since < SWEEP_MILLIS * pace.scale()) {
            return false;
        }
        swept = now;
        int left = 0;
        for (int at = 0; at < table.length; at += WIDTH) {
            left += isInUse(at, now) ? 1 : 0;
        }
        int more = LEAST_PLACES;
        while (more < MOST_PLACES && more < left * 2 + 2) {
            more *= 2;
        }
        long[] next = new long[more * WIDTH];
        for (int at = 0; at < table.length; at += WIDTH) {
            if (isInUse(at, now)) {
                System.arraycopy(table, at, next, find(next, more, table[at], table[at + 1]), WIDTH);
            }
        }
        table = next;
        places = more;
        used = left;
        return used < places - places / 4;
    }

    private boolean isInUse(int at, long now) {
        return (table[at] != 0 || table[at + 1] != 0) && table[at + 2] > now;
    }
}
