package dev.lintel.embedded.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes a TLS 1.2 connection whose client negotiates once more: after it has changed to encryption, one record of a
 * handshake follows, its Finished (RFC 5246, 7.3), and a second one is the beginning of another handshake. TLS 1.3 has no
 * such thing, and hides the type of its records.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether it was still open does not matter
final class OneHandshake extends ChannelInboundHandlerAdapter {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int HEADER = 5;

    private int type;
    private int length;
    private int header;
    private int left;
    private boolean changed;
    private int handshakes;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && !isGood(bytes)) {
            bytes.release();
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isGood(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (left > 0) {
                int skipped = Math.min(left, end - at);
                at += skipped;
                left -= skipped;
            } else if (!byteOfHeader(bytes.getUnsignedByte(at++))) {
                return false;
            }
        }
        return true;
    }

    private boolean byteOfHeader(int next) {
        if (header == 0) {
            type = next;
            length = 0;
        } else if (header >= 3) {
            length = length << 8 | next;
        }
        header++;
        if (header < HEADER) {
            return true;
        }
        header = 0;
        left = length;
        changed |= type == CHANGE_CIPHER_SPEC;
        handshakes += changed && type == HANDSHAKE ? 1 : 0;
        return handshakes <= 1;
    }
}
