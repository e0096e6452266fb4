package dev.lintel.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for programs that cannot be told to take any free one. They lie below those that systems give to whoever names none
 * (32768 and up on Linux, 49152 and up by RFC 6335), so that a test that waits for such a program does not ask the server of
 * another test meanwhile.
 */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * A port of the loopback interface at which nobody listens now.
     *
     * @return the port; another program may take it before the caller's does
     * @throws IllegalStateException if none is found
     */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                assert port > 0 : e;
            }
        }
        throw new IllegalStateException("no port between " + FIRST + " and " + BEYOND + " is free");
    }
}
