package dev.lintel.testbed.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The name server of a data plane: it knows the hosts outside the mesh, and no others.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, 4</a>
 */
final class Names implements AutoCloseable {
    private static final int PORT = 53;
    private static final int LONGEST = 512;
    private static final int HEADER = 12;
    private static final short RECURSION_DESIRED = 0x0100;
    private static final short ANSWER = (short) 0x8480;
    private static final short NO_SUCH_NAME = 3;
    private static final short ADDRESS = 1;
    private static final short INTERNET = 1;
    /** Points back at the name that was asked for. */
    private static final short SAME_NAME = (short) 0xc00c;

    private static final int SECONDS = 60;

    private final DatagramSocket socket;
    private final Map<String, InetAddress> known = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::serve, "names");

    private Names(DatagramSocket socket) {
        this.socket = socket;
        thread.setDaemon(true);
    }

    /** Starts one at an address that nobody else uses. */
    static Names start(String address) {
        try {
            Names names = new Names(new DatagramSocket(new InetSocketAddress(address, PORT)));
            names.thread.start();
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String host, String address) {
        try {
            known.put(host, InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Optional<InetAddress> find(String host) {
        return Optional.ofNullable(known.get(host));
    }

    private void serve() {
        byte[] buffer = new byte[LONGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket asked = new DatagramPacket(buffer, LONGEST);
                socket.receive(asked);
                byte[] answer = answer(ByteBuffer.wrap(Arrays.copyOf(buffer, asked.getLength())));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
                }
            } catch (IOException e) {
                // Whoever asked may be gone, and so may this.
                continue;
            }
        }
    }

    /** Nothing for what is no question. */
    private byte[] answer(ByteBuffer asked) {
        try {
            short id = asked.getShort();
            short flags = asked.getShort();
            asked.position(HEADER);
            StringBuilder name = new StringBuilder();
            for (int length = asked.get(); length != 0; length = asked.get()) {
                byte[] label = new byte[length];
                asked.get(label);
                name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
            }
            short type = asked.getShort();
            short unusedClass = asked.getShort();
            byte[] question = Arrays.copyOfRange(asked.array(), HEADER, asked.position());
            InetAddress found = known.get(name.toString().toLowerCase(Locale.ROOT));
            boolean told = found != null && type == ADDRESS;
            ByteBuffer out = ByteBuffer.allocate(LONGEST);
            out.putShort(id)
                    .putShort((short) (ANSWER | (flags & RECURSION_DESIRED) | (found == null ? NO_SUCH_NAME : 0)));
            out.putShort((short) 1).putShort((short) (told ? 1 : 0)).putInt(0).put(question);
            if (found != null && told) {
                out.putShort(SAME_NAME).putShort(ADDRESS).putShort(INTERNET).putInt(SECONDS);
                out.putShort((short) found.getAddress().length).put(found.getAddress());
            }
            return Arrays.copyOf(out.array(), out.position());
        } catch (BufferUnderflowException | NegativeArraySizeException | IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
