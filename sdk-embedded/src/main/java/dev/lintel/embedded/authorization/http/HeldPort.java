package dev.lintel.embedded.authorization.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A port on which connections are refused: it is bound, so that nobody else takes it, but nobody listens. */
final class HeldPort implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Socket socket;

    private HeldPort(Socket socket) {
        this.socket = socket;
    }

    /**
     * Holds a port that a listener has just closed. A selector lets go of a closed socket only when it is asked the next
     * time, so that this may take a moment.
     *
     * @param address what it listened on
     * @param patience how long to try
     * @throws UncheckedIOException if somebody else has it
     */
    static HeldPort hold(InetSocketAddress address, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return new HeldPort(bound(address));
            } catch (BindException e) {
                if (System.nanoTime() - end > 0) {
                    throw new UncheckedIOException("cannot hold " + address, e);
                }
                LockSupport.parkNanos(PAUSE);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot hold " + address, e);
            }
        }
    }

    private static Socket bound(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
