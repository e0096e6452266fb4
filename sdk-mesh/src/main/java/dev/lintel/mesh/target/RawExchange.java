package dev.lintel.mesh.target;

import dev.lintel.core.Secret;
import dev.lintel.mesh.verify.ProbeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer by HTTP/1.1 (RFC 9112), on a connection of its own: host, path and name in TLS are sent as they
 * are said, which clients that keep connections do not let one do. Nothing of it is in a log.
 *
 * @param address where to
 * @param port where to
 * @param tls null for a plain connection
 * @param patience for all of it
 */
record RawExchange(String address, int port, @Nullable SSLSocketFactory tls, Duration patience) {
    private static final int HEAD = 64 * 1024;
    private static final String END = "\r\n";

    /**
     * What came back.
     *
     * @param status 0 if nothing did
     * @param headers by their names in lower case, the first of each
     * @param words why there is no answer
     */
    record Reply(int status, Map<String, String> headers, String words) {
        static Reply none(String words) {
            return new Reply(0, Map.of(), words);
        }
    }

    /** Sends a request, and reads no body. */
    Reply send(ProbeRequest request) {
        String head = head(request);
        try (Socket plain = new Socket()) {
            // Time-outs of sockets start anew with every byte.
            CompletableFuture<Void> over = CompletableFuture.runAsync(
                    () -> close(plain), CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
            int millis = Math.toIntExact(patience.toMillis());
            plain.setSoTimeout(millis);
            plain.connect(new InetSocketAddress(address, port), millis);
            try (Socket socket = tls == null ? plain : secured(tls, plain, request.host())) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                return read(socket.getInputStream());
            } finally {
                over.cancel(false);
            }
        } catch (IOException e) {
            return Reply.none(words(e));
        }
    }

    private static String head(ProbeRequest request) {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(request.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(request.host())
                .append("\r\nUser-Agent: lintel\r\nAccept: */*\r\nConnection: close\r\n");
        Secret token = request.token();
        List.of(request.method(), request.path(), request.host()).forEach(RawExchange::require);
        if (token != null) {
            String revealed = token.reveal();
            require(revealed);
            head.append("Authorization: Bearer ").append(revealed).append(END);
        }
        return head.append(END).toString();
    }

    /** Whatever is not one word would say more than one thing. */
    private static void require(String word) {
        if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "methods, hosts, paths and tokens of a request are printable ASCII without blanks");
        }
    }

    private static Socket secured(SSLSocketFactory tls, Socket plain, String host) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Reply read(InputStream in) throws IOException {
        int left = HEAD;
        String first = line(in, left);
        // An answer before the answer (RFC 9110, 15.2) has headers of its own.
        while (status(first) >= 100 && status(first) < 200) {
            left -= headers(in, left, new LinkedHashMap<>());
            first = line(in, left);
        }
        int status = status(first);
        if (status == 0) {
            return Reply.none("what came is not HTTP");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        int unusedRead = headers(in, left, headers);
        return new Reply(status, Collections.unmodifiableMap(headers), "");
    }

    private static int headers(InputStream in, int most, Map<String, String> headers) throws IOException {
        int read = 0;
        for (String line = line(in, most); !line.isEmpty(); line = line(in, most - read)) {
            read += line.length() + END.length();
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return read;
    }

    private static int status(String line) {
        boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
        String digits = http ? line.substring(9, 12) : "";
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9') && digits.charAt(0) != '0'
                ? Integer.parseInt(digits)
                : 0;
    }

    private static String line(InputStream in, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new IOException("the answer ended in the middle");
            }
            if (line.size() >= most) {
                throw new IOException("the answer has more than " + HEAD + " bytes of headers");
            }
            line.write(each);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String words(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "it took more than " + patience.toMillis() + " ms";
        }
        if (e instanceof ConnectException) {
            return address + ":" + port + " could not be connected to";
        }
        if (e instanceof UnknownHostException) {
            return address + " is not known";
        }
        return e instanceof SSLException ? "TLS failed: " + e.getMessage() : "broken off: " + e.getMessage();
    }
}
