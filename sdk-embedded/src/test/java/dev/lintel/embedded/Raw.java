package dev.lintel.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends exactly the bytes a test wants. */
final class Raw implements AutoCloseable {
    private final Socket socket;

    private Raw(Socket socket) {
        this.socket = socket;
    }

    static Raw to(Gateway gateway) {
        return to(gateway.port());
    }

    /** A client of anything that listens on the loopback address. */
    static Raw to(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            return new Raw(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that somebody else has made. */
    static Raw on(Socket socket) {
        return new Raw(socket);
    }

    /** Sends a text on a connection of its own and reads one answer. */
    @CanIgnoreReturnValue
    static Answer ask(Gateway gateway, String text) {
        try (Raw raw = to(gateway)) {
            return raw.send(text).answer();
        }
    }

    @CanIgnoreReturnValue
    static Answer get(Gateway gateway, String path, String... fields) {
        return ask(gateway, request("GET", path, fields));
    }

    /** A request to orders.shop.localhost with further header fields. */
    static String request(String method, String path, String... fields) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: orders.shop.localhost\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    @CanIgnoreReturnValue
    Raw send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @CanIgnoreReturnValue
    Raw send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // The gateway has closed already; what it said can be read all the same.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Says that nothing more will come. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The gateway has closed already.
        }
    }

    Socket socket() {
        return socket;
    }

    /** One answer; status 0 if the connection was closed without one. */
    Answer answer() {
        return answer(false);
    }

    Answer answer(boolean toHead) {
        try {
            InputStream in = socket.getInputStream();
            String head = line(in, "\r\n\r\n");
            if (head.isEmpty()) {
                return new Answer(0, "", "");
            }
            int status = Integer.parseInt(head.substring(9, 12));
            Answer answer = new Answer(status, head, "");
            if (toHead || status == 204 || status == 304 || status < 200) {
                return answer;
            }
            return new Answer(status, head, body(in, answer));
        } catch (SocketException e) {
            return new Answer(0, "", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(InputStream in, Answer answer) throws IOException {
        if (!answer.header("content-length").isEmpty()) {
            int length = Integer.parseInt(answer.header("content-length"));
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
        if (answer.header("transfer-encoding").isEmpty()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        StringBuilder all = new StringBuilder();
        while (true) {
            String length = line(in, "\r\n").strip();
            if (length.isEmpty()) {
                return all + "<cut>";
            }
            int size = Integer.parseInt(length, 16);
            if (size == 0) {
                break;
            }
            all.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
            line(in, "\r\n");
        }
        for (String trailer = line(in, "\r\n"); trailer.length() > 2; trailer = line(in, "\r\n")) {
            all.append('|').append(trailer.strip());
        }
        return all.toString();
    }

    /** The head of an answer alone; what follows is read by others. */
    String head() {
        try {
            return line(socket.getInputStream(), "\r\n\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the gateway closes without a further byte. */
    boolean isClosed() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @CanIgnoreReturnValue
    private static String line(InputStream in, String end) throws IOException {
        StringBuilder out = new StringBuilder();
        while (out.length() < end.length()
                || !out.substring(out.length() - end.length()).equals(end)) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            out.append((char) next);
        }
        return out.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came back. */
    record Answer(int status, String head, String body) {
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .reduce((a, b) -> a + "|" + b)
                    .orElse("");
        }
    }
}
