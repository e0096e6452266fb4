package dev.lintel.auth.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a browser on loopback: at most 32 KiB of it are read, for at most 5 seconds of silence. */
final class LoopbackBrowser implements AutoCloseable {
    private static final int MOST_BYTES = 32 * 1024;
    private static final int MOST_SILENCE = 5_000;

    private final Socket socket;

    LoopbackBrowser(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(MOST_SILENCE);
    }

    /**
     * The target of a {@code GET}.
     *
     * @param host the name that the browser must have used, so that no page elsewhere can reach this port by a name of its
     *     own
     * @return null if the request is none that is answered here
     */
    @Nullable
    String target(String host) throws IOException {
        List<String> lines = head().lines().toList();
        String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        boolean ours = lines.stream().anyMatch(line -> line.replace(" ", "").equalsIgnoreCase("host:" + host));
        return ours && first.length == 3 && first[0].equals("GET") && first[2].startsWith("HTTP/1.") ? first[1] : null;
    }

    void answer(LoopbackPage page) throws IOException {
        socket.getOutputStream().write(page.bytes());
        socket.getOutputStream().flush();
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Everything up to the empty line. */
    private String head() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (head.indexOf("\r\n\r\n") < 0 && head.length() <= MOST_BYTES) {
            int n = in.read(buffer);
            if (n < 0) {
                return "";
            }
            head.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
        return head.length() > MOST_BYTES ? "" : head.toString();
    }
}
