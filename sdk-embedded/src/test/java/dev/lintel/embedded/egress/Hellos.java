package dev.lintel.embedded.egress;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The first bytes of TLS connections, as the JDK sends them and as it never would. */
public final class Hellos {
    private Hellos() {}

    /** What the JDK's client sends for a host. */
    public static byte[] jdk(String host) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with the given extensions. */
    public static byte[] with(byte[]... extensions) {
        byte[] all = join(extensions);
        byte[] body = join(new byte[] {3, 3}, new byte[32], new byte[] {0, 0, 2, 0x13, 1, 1, 0}, two(all.length), all);
        return record(message(body));
    }

    /** One that hides the host that it is really for. */
    public static byte[] encrypted(String outer) {
        return with(extension(0, names(name(outer))), extension(0xfe0d, new byte[] {0, 1, 2, 3}));
    }

    static byte[] extension(int type, byte[] data) {
        return join(two(type), two(data.length), data);
    }

    static byte[] names(byte[]... names) {
        byte[] all = join(names);
        return join(two(all.length), all);
    }

    static byte[] name(String host) {
        byte[] bytes = host.getBytes(StandardCharsets.US_ASCII);
        return join(new byte[] {0}, two(bytes.length), bytes);
    }

    static byte[] message(byte[] body) {
        return join(new byte[] {1, 0}, two(body.length), body);
    }

    static byte[] record(byte[] fragment) {
        return join(new byte[] {22, 3, 1}, two(fragment.length), fragment);
    }

    static byte[] two(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
