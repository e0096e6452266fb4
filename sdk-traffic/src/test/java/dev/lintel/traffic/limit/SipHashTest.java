package dev.lintel.traffic.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {
    private static final Seed SEED = new Seed(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** The reference implementation's first vector: the key 00 to 0f, no input. */
    @Test
    void agreesWithTheReference() {
        SipHash hash = new SipHash(SEED).end(0);
        assertThat(Long.toHexString(hash.first())).isEqualTo("e6a825ba047f81a3");
        assertThat(Long.toHexString(hash.second())).isEqualTo("930255c71472f66d");
    }

    @Test
    void aTextEndsWhereItEnds() {
        assertThat(new SipHash(SEED).add("abcd").end(0).first())
                .isNotEqualTo(new SipHash(SEED).add("abcde").end(0).first())
                .isNotEqualTo(new SipHash(new Seed(1, 2)).add("abcd").end(0).first());
    }

    @Test
    void theSeedIsNotPrinted() {
        assertThat(SEED).hasToString("[redacted]");
    }
}
