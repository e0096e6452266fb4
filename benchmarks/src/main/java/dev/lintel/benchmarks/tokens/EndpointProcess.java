package dev.lintel.benchmarks.tokens;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The process of a {@link TokenEndpoint}; it ends with this one. */
final class EndpointProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    EndpointProcess() throws IOException {
        process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true",
                        // Callers that have connected may have to wait long for a processor before they ask.
                        "-Dsun.net.httpserver.idleInterval=600",
                        "-Dsun.net.httpserver.maxIdleConnections=20000",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenEndpoint.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    URI open() throws IOException {
        return URI.create("http://127.0.0.1:" + order("open") + "/token");
    }

    void set(int status, long millis) throws IOException {
        String unused = order("set " + status + " " + millis);
    }

    /** How many requests came since they were last counted from zero; waits until all are answered. */
    int requests() throws IOException, InterruptedException {
        int quiet = 0;
        String[] count = {"0", "0"};
        while (quiet < 5) {
            String before = count[0];
            Thread.sleep(100);
            count = order("count").split(" ");
            quiet = count[1].equals("0") && count[0].equals(before) ? quiet + 1 : 0;
        }
        return Integer.parseInt(count[0]);
    }

    private String order(String line) throws IOException {
        orders.println(line);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the token endpoint has ended");
        }
        return answer;
    }

    @Override
    public void close() {
        orders.close();
        process.destroy();
    }
}
