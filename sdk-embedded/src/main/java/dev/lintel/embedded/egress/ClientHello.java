package dev.lintel.embedded.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a TLS connection, read without opening it (RFC 8446, 4.1.2 and 5.1): which host it asks for.
 *
 * @param outcome whether that is known yet
 * @param name the one host name that it asks for (RFC 6066, 3); null if it asks for none
 * @param hidden whether it holds an Encrypted ClientHello, behind which it may ask for another host
 */
record ClientHello(Outcome outcome, @Nullable String name, boolean hidden) {
    /** More than any client sends; those with post-quantum keys need two kilobytes. */
    private static final int MOST = 16 * 1024;

    /** With what a client may cut it into; it is read anew whenever some of it comes. */
    private static final int MOST_BYTES = 20 * 1024;

    private static final int LONGEST_RECORD = 16 * 1024;
    private static final int RECORD = 5;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    private static final ClientHello MORE = new ClientHello(Outcome.MORE, null, false);
    private static final ClientHello NONE = new ClientHello(Outcome.NONE, null, false);

    /** What can be said of the bytes so far. */
    enum Outcome {
        /** They may become a ClientHello. */
        MORE,
        /** They hold one. */
        WHOLE,
        /** They are something else. */
        NONE
    }

    /** Whether it asks for a host, openly and for no other. */
    boolean isFor(String host) {
        return outcome == Outcome.WHOLE && !hidden && host.equalsIgnoreCase(name);
    }

    /** Reads what has come so far; nothing is consumed. */
    static ClientHello read(ByteBuf bytes) {
        ByteBuf in = bytes.slice();
        ByteBuf message = Unpooled.buffer(512, MOST + RECORD);
        while (in.isReadable()) {
            if (in.getUnsignedByte(in.readerIndex()) != HANDSHAKE) {
                return NONE;
            }
            if (in.readableBytes() < RECORD) {
                return MORE;
            }
            int length = in.getUnsignedShort(in.readerIndex() + 3);
            boolean good = in.getUnsignedByte(in.readerIndex() + 1) == 3 && length > 0 && length <= LONGEST_RECORD;
            if (!good || length > MOST - message.readableBytes()) {
                return NONE;
            }
            in.skipBytes(RECORD);
            message.writeBytes(in, Math.min(length, in.readableBytes()));
            ClientHello hello = message(message);
            if (hello.outcome() != Outcome.MORE) {
                return hello;
            }
        }
        return bytes.readableBytes() > MOST_BYTES ? NONE : MORE;
    }

    /** The handshake message so far; a record that goes on behind its end is not a client's. */
    private static ClientHello message(ByteBuf message) {
        if (message.isReadable() && message.getUnsignedByte(0) != CLIENT_HELLO) {
            return NONE;
        }
        if (message.readableBytes() < 4) {
            return MORE;
        }
        int end = 4 + message.getUnsignedMedium(1);
        if (end > MOST || message.readableBytes() > end) {
            return NONE;
        }
        if (message.readableBytes() < end) {
            return MORE;
        }
        try {
            return body(message.slice(4, end - 4));
        } catch (IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    private static ClientHello body(ByteBuf body) {
        body.skipBytes(2 + 32);
        body.skipBytes(body.readUnsignedByte());
        body.skipBytes(body.readUnsignedShort());
        body.skipBytes(body.readUnsignedByte());
        if (!body.isReadable()) {
            return new ClientHello(Outcome.WHOLE, null, false);
        }
        ByteBuf extensions = body.readSlice(body.readUnsignedShort());
        String name = null;
        boolean hidden = false;
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf extension = extensions.readSlice(extensions.readUnsignedShort());
            hidden |= type == ENCRYPTED_CLIENT_HELLO;
            if (type == SERVER_NAME) {
                if (name != null) {
                    return NONE;
                }
                name = name(extension);
            }
        }
        return body.isReadable() ? NONE : new ClientHello(Outcome.WHOLE, name, hidden);
    }

    /** The list has one name, of the one type that there is. */
    private static @Nullable String name(ByteBuf extension) {
        ByteBuf list = extension.readSlice(extension.readUnsignedShort());
        int type = list.readUnsignedByte();
        String name = list.readCharSequence(list.readUnsignedShort(), StandardCharsets.US_ASCII)
                .toString();
        return type == 0 && !list.isReadable() && !extension.isReadable() ? name : "";
    }
}
