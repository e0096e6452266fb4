package dev.lintel.embedded.balance;

/** Hashes that are the same in every JVM. */
public final class Hashes {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hashes() {}

    /** The hash of a text: FNV-1a over its characters, mixed so that all bits depend on all of them. */
    public static long of(String text) {
        long hash = BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mix(hash);
    }

    /** Spreads what differs in few bits over all bits. */
    static long mix(long bits) {
        long x = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
