package dev.lintel.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Ports for programs that cannot be told to take any free one. They lie below those that systems give to whoever names none
 * (32768 and up on Linux, 49152 and up by RFC 6335), so that a test that waits for such a program does not ask the server of
 * another test meanwhile.
 *
 * <p>Each is held until this is closed: of all who ask here, in this process or in another, nobody else gets it. The mark is
 * a socket for datagrams at the same number, which is in no program's way that listens for connections, and which goes with
 * the process that has it.
 */
public final class Ports implements AutoCloseable {
    private static final int FIRST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int TRIES = 1_000;

    private final RandomGenerator random;
    private final Deque<DatagramSocket> held = new ArrayDeque<>();

    /**
     * Ports that are held by this, none at first.
     *
     * @param random draws the next one
     */
    public Ports(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A port of the loopback interface at which nobody listens now, and which nobody else is given.
     *
     * @return the port; a program that does not ask here may still take it
     * @throws IllegalStateException if none is found
     */
    public synchronized int next() {
        for (int i = 0; i < TRIES; i++) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), random.nextInt(FIRST, BEYOND));
            if (mark(address)) {
                return address.getPort();
            }
        }
        throw new IllegalStateException("no port between " + FIRST + " and " + BEYOND + " is free");
    }

    private boolean mark(InetSocketAddress address) {
        try {
            DatagramSocket mark = new DatagramSocket(address);
            if (isFree(address)) {
                held.push(mark);
                return true;
            }
            mark.close();
            return false;
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket free = new ServerSocket(address.getPort(), 1, address.getAddress())) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Others may have the ports from now on: the programs that listened there have ended. */
    @Override
    public synchronized void close() {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
