package dev.lintel.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One exchange in the thread of the caller: the JDK's newer client would need threads of its own, thousands where thousands
 * of callers ask, and then it is these that are measured.
 */
final class Post {
    private Post() {}

    /** What came. */
    record Answer(int status, Map<String, List<String>> headers, String body) {}

    static Answer form(URI uri, String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form.getBytes(StandardCharsets.US_ASCII));
        }
        int status = connection.getResponseCode();
        Map<String, List<String>> headers = new LinkedHashMap<>(connection.getHeaderFields());
        headers.remove(null);
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status, headers, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
