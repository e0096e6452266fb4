package dev.lintel.traffic.limit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * SipHash-2-4 with 128 bits: without the key nobody can find two inputs that collide, and by chance nobody ever will.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">Aumasson, Bernstein: SipHash</a>
 */
final class SipHash {
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long first;
    private long second;

    SipHash(Seed seed) {
        v0 = seed.first() ^ 0x736f6d6570736575L;
        v1 = seed.second() ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = seed.first() ^ 0x6c7967656e657261L;
        v3 = seed.second() ^ 0x7465646279746573L;
    }

    /** The next eight bytes. */
    @CanIgnoreReturnValue
    SipHash add(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        return this;
    }

    /** A text, its last word filled up; its length has to be told before. */
    @CanIgnoreReturnValue
    SipHash add(String text) {
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            word |= (long) text.charAt(i) << ((i & 3) << 4);
            if ((i & 3) == 3) {
                add(word);
                word = 0;
            }
        }
        return add(word);
    }

    /**
     * Ends the input.
     *
     * @param last up to seven bytes that are left, and the input's length in the highest byte
     */
    @CanIgnoreReturnValue
    SipHash end(long last) {
        add(last);
        v2 ^= 0xee;
        first = mixed();
        v1 ^= 0xdd;
        second = mixed();
        return this;
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    private long mixed() {
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
