package dev.lintel.embedded.authorization.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port on which connections are refused: it is bound, so that nobody else takes it, but nobody listens. */
final class HeldPort implements AutoCloseable {
    private final Socket socket = new Socket();

    HeldPort(InetSocketAddress address) {
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot hold " + address, e);
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
