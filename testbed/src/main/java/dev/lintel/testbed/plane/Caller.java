package dev.lintel.testbed.plane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A client at some place of the data plane; it keeps connections and sends many requests at once. */
public final class Caller implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final BufferedWriter out;
    private final Map<Long, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Thread reader;
    private volatile boolean ended;

    private Caller(Process process) {
        this.process = process;
        this.out = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "caller-" + process.pid());
        reader.setDaemon(true);
    }

    /**
     * Starts one.
     *
     * @param command the client, wherever it runs
     * @param log where it complains
     */
    static Caller start(List<String> command, Path log) {
        try {
            Caller caller = new Caller(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
            caller.reader.start();
            return caller;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request, and waits for its answer, ten seconds at most.
     *
     * @param call what is sent
     * @return what came of it
     */
    public Reply send(Call call) {
        return begin(call).join();
    }

    /**
     * Sends a request.
     *
     * @param call what is sent
     * @return what will come of it, within ten seconds
     */
    public CompletableFuture<Reply> begin(Call call) {
        long id = ids.incrementAndGet();
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        if (ended) {
            end(new IOException("the client has ended"));
            return reply;
        }
        try {
            String line = JSON.writeValueAsString(Map.of(
                    "id", id,
                    "address", call.address(),
                    "tls", Objects.requireNonNullElse(call.tls(), ""),
                    "roots", call.roots(),
                    "method", call.method(),
                    "target", call.target(),
                    "headers", call.headers(),
                    "body", call.body(),
                    "millis", PATIENCE.toMillis()));
            synchronized (out) {
                out.write(line);
                out.newLine();
                out.flush();
            }
        } catch (IOException e) {
            waiting.remove(id);
            throw new UncheckedIOException(e);
        }
        return reply;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode answer = JSON.readTree(line);
                CompletableFuture<Reply> reply =
                        waiting.remove(answer.path("id").asLong());
                if (reply != null) {
                    reply.complete(reply(answer));
                }
            }
            end(new IOException("the client has ended"));
        } catch (IOException e) {
            end(e);
        }
    }

    private void end(IOException reason) {
        ended = true;
        waiting.values().forEach(each -> each.completeExceptionally(new UncheckedIOException(reason)));
        waiting.clear();
    }

    private static Reply reply(JsonNode answer) throws JsonProcessingException {
        return new Reply(
                answer.path("status").asInt(),
                answer.has("headers") ? JSON.treeToValue(answer.path("headers"), HEADERS) : Map.of(),
                answer.path("body").asText(),
                answer.path("error").asText());
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            assert !process.isAlive() : e;
        }
        process.destroy();
    }
}
