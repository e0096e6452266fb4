package dev.lintel.auth.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server on loopback that answers every connection with the same bytes, be they HTTP or not. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] answer;

    /** Is told its own address, and answers what it is to answer. */
    public RawServer(UnaryOperator<String> answer) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answer = answer.apply(url()).getBytes(StandardCharsets.ISO_8859_1);
        Thread thread = new Thread(this::run);
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        while (answerOne()) {
            // Until the server is closed.
        }
    }

    private boolean answerOne() {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[8192];
            assert socket.getInputStream().read(request) > 0;
            OutputStream out = socket.getOutputStream();
            out.write(answer);
            out.flush();
            socket.shutdownOutput();
            long rest = socket.getInputStream().transferTo(new ByteArrayOutputStream());
            assert rest >= 0;
            return true;
        } catch (IOException e) {
            // The client may be gone before everything is read, and the server closed while it waits.
            return !server.isClosed();
        }
    }
}
