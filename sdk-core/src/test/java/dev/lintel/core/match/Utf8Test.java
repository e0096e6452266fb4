package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    @Test
    void readsWhatTheDecoderOfTheJdkReads() {
        for (int a : EDGES) {
            for (int b : EDGES) {
                for (int c : EDGES) {
                    for (int d : EDGES) {
                        check(a, b, c, d);
                    }
                }
            }
        }
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            check(random.ints(random.nextInt(1, 5), 0, 256).toArray());
        }
    }

    private static void check(int... bytes) {
        int state = Utf8.START;
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int one : bytes) {
            state = Utf8.next(state, one);
            buffer.put((byte) one);
        }
        boolean good = state == Utf8.START;
        if (good != decodes(buffer.flip())) {
            assertThat(good).as(java.util.Arrays.toString(bytes)).isEqualTo(!good);
        }
    }

    private static boolean decodes(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes) != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
