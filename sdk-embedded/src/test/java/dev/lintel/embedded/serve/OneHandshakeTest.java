package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class OneHandshakeTest {
    private static final int HELLO = 22;
    private static final int CHANGE = 20;
    private static final int DATA = 23;
    private static final int ALERT = 21;

    private static ByteBuf records(int... types) {
        ByteBuf bytes = Unpooled.buffer();
        for (int type : types) {
            bytes.writeByte(type).writeByte(3).writeByte(3).writeShort(300).writeBytes(new byte[300]);
        }
        return bytes;
    }

    private static boolean staysInDrops(int... types) {
        EmbeddedChannel channel = new EmbeddedChannel(new OneHandshake());
        ByteBuf bytes = records(types);
        while (bytes.isReadable() && channel.isOpen()) {
            channel.writeInbound(bytes.readRetainedSlice(1));
        }
        bytes.release();
        boolean open = channel.isOpen();
        channel.finishAndReleaseAll();
        return open;
    }

    private static boolean stays(int... types) {
        EmbeddedChannel channel = new EmbeddedChannel(new OneHandshake());
        channel.writeInbound(records(types));
        boolean open = channel.isOpen();
        channel.finishAndReleaseAll();
        return open;
    }

    @Test
    void aHandshakeAndItsDataPass() {
        assertThat(stays(HELLO, HELLO, HELLO, CHANGE, HELLO, DATA, DATA, ALERT)).isTrue();
        assertThat(stays(HELLO, CHANGE, HELLO, DATA)).isTrue();
        // TLS 1.3, also with a HelloRetryRequest.
        assertThat(stays(HELLO, CHANGE, DATA, DATA)).isTrue();
        assertThat(stays(HELLO, CHANGE, HELLO, DATA, DATA)).isTrue();
    }

    @Test
    void aSecondHandshakeDoesNot() {
        assertThat(stays(HELLO, HELLO, CHANGE, HELLO, HELLO)).isFalse();
        assertThat(stays(HELLO, HELLO, CHANGE, HELLO, DATA, HELLO)).isFalse();
    }

    @Test
    void howTheBytesAreCutDoesNotMatter() {
        assertThat(staysInDrops(HELLO, HELLO, CHANGE, HELLO, DATA)).isTrue();
        assertThat(staysInDrops(HELLO, HELLO, CHANGE, HELLO, DATA, HELLO)).isFalse();
    }
}
