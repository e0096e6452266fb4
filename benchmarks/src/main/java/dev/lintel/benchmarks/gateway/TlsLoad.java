package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Clients over TLS that wait for each answer: all on connections that stay open, or each on one of its own. */
final class TlsLoad {
    private static final int CLIENTS = 16;

    private final SSLContext context;
    private final String host;
    private final int port;
    private final byte[] request;

    TlsLoad(SSLContext context, String host, int port) {
        this.context = context;
        this.host = host;
        this.port = port;
        this.request = ("GET " + Upstream.PATH + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** How many requests were answered with 200 in a time; anything else ends the run. */
    long run(Duration time, boolean open) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(() -> open ? onOne(end) : onMany(end));
            }
            long sum = 0;
            for (Future<Long> each : clients.invokeAll(all)) {
                sum += each.get();
            }
            return sum;
        } finally {
            clients.shutdownNow();
        }
    }

    private long onOne(long end) throws IOException {
        long count = 0;
        try (SSLSocket socket = connect()) {
            while (System.nanoTime() < end) {
                ask(socket);
                count++;
            }
        }
        return count;
    }

    private long onMany(long end) throws IOException {
        long count = 0;
        while (System.nanoTime() < end) {
            try (SSLSocket socket = connect()) {
                ask(socket);
                // The next one is a handshake of its own, and takes no session up again.
                socket.getSession().invalidate();
                count++;
            }
        }
        return count;
    }

    private SSLSocket connect() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setTcpNoDelay(true);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private void ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        StringBuilder text = new StringBuilder();
        int head = -1;
        int length = 0;
        while (head < 0 || text.length() < head + length) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("closed after " + text);
            }
            text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            if (head < 0 && text.indexOf("\r\n\r\n") >= 0) {
                head = text.indexOf("\r\n\r\n") + 4;
                length = length(text.substring(0, head).toLowerCase(java.util.Locale.ROOT));
            }
        }
        if (!text.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + text);
        }
    }

    private static int length(String head) {
        int at = head.indexOf("content-length: ") + 16;
        return Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
    }
}
