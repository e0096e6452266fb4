package dev.lintel.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host outside that does with each connection what a test wants; it reads and writes bytes. */
final class FarHost implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Script script;

    /** What it does with a connection. */
    interface Script {
        void serve(Socket socket) throws Exception;
    }

    private FarHost(InetAddress address, int port, Script script) throws IOException {
        this.script = script;
        server = new ServerSocket(port, 100, address);
        FakeService.daemon(this::accept);
    }

    static FarHost start(Script script) {
        return at(InetAddress.getLoopbackAddress(), 0, script);
    }

    static FarHost at(InetAddress address, int port, Script script) {
        try {
            return new FarHost(address, port, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends back what comes, until the other side has said all. */
    static FarHost echo() {
        return start(socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        });
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                FakeService.daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(socket);
        } catch (Exception e) {
            // The other side has gone, or the script wanted it so.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
