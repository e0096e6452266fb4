package dev.lintel.graphql.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.graphql.execute.GraphAnswer;
import dev.lintel.graphql.execute.GraphRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of graphql-ws (sub-protocol {@code graphql-transport-ws}), whatever carries its messages: texts come in by
 * {@link #receive} and go out by a {@link SocketPeer}. Who asks is looked at again for each operation, as for each request, so that a
 * connection outlives no token. Safe for use by many threads.
 */
public final class SocketSession {
    /** The name of the sub-protocol. */
    public static final String PROTOCOL = "graphql-transport-ws";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int REASON_BYTES = 123;

    /** What becomes of a connection. */
    private enum State {
        WAITING,
        ASKING,
        OPEN,
        OVER
    }

    private final Function<Map<String, @Nullable Object>, Optional<GraphSession>> entrance;
    private final SocketSettings settings;
    private final RequestReader reader;
    private final StrictJson json;
    private final Documents documents;
    private final Executor executor;
    private final SocketPeer peer;
    private final Map<String, Operation> running = new LinkedHashMap<>();
    private final Runnable patience;
    private Map<String, @Nullable Object> said = Map.of();
    private State state = State.WAITING;

    SocketSession(
            Function<Map<String, @Nullable Object>, Optional<GraphSession>> entrance,
            SocketSettings settings,
            RequestReader reader,
            StrictJson json,
            Documents documents,
            Executor executor,
            Timer timer,
            SocketPeer peer) {
        this.entrance = entrance;
        this.settings = settings;
        this.reader = reader;
        this.json = json;
        this.documents = documents;
        this.executor = executor;
        this.peer = peer;
        this.patience = timer.after(settings.initWait(), this::late);
    }

    /**
     * Takes a text message.
     *
     * @param message as it came, whole
     */
    public void receive(String message) {
        try {
            if (message.length() > settings.characters()) {
                throw Refused.malformed("the message is too long");
            }
            if (!(json.read("the message", message) instanceof Map<?, ?> map)) {
                throw Refused.malformed("the message must be a JSON object");
            }
            take(map);
        } catch (Refused e) {
            close(4400, e.text());
        }
    }

    private synchronized void take(Map<?, ?> message) throws Refused {
        switch (String.valueOf(message.get("type"))) {
            case "connection_init" -> init(message.get("payload"));
            case "ping" -> send("{\"type\":\"pong\"}");
            case "pong" -> {
                // May be told without having been asked for.
            }
            case "subscribe" -> subscribe(id(message), message.get("payload"));
            case "complete" -> {
                Operation given = running.remove(id(message));
                if (given != null) {
                    given.cancel();
                }
            }
            default -> throw Refused.malformed("the message has no type that is known");
        }
    }

    private static String id(Map<?, ?> message) throws Refused {
        if (message.get("id") instanceof String id && !id.isEmpty()) {
            return id;
        }
        throw Refused.malformed("the message must have an id, a string");
    }

    private void init(@Nullable Object payload) throws Refused {
        if (state == State.ASKING || state == State.OPEN) {
            close(4429, "Too many initialisation requests");
            return;
        }
        said = RequestReader.object("payload", payload);
        if (state == State.WAITING) {
            state = State.ASKING;
            start(this::enter);
        }
    }

    /** Looks at who asks, which may take a while: keys may have to be fetched. */
    private void enter() {
        boolean entered = false;
        try {
            entered = entrance.apply(said).isPresent();
        } finally {
            entered(entered);
        }
    }

    private synchronized void entered(boolean entered) {
        if (!entered) {
            close(4403, "Forbidden");
        } else if (state == State.ASKING) {
            state = State.OPEN;
            patience.run();
            send("{\"type\":\"connection_ack\"}");
        }
    }

    private void subscribe(String id, @Nullable Object payload) throws Refused {
        if (state != State.OPEN) {
            close(4401, "Unauthorized");
        } else if (running.containsKey(id)) {
            close(4409, "Subscriber for " + id + " already exists");
        } else if (running.size() >= settings.operations()) {
            error(id, Refused.of(503, "TOO_MANY_OPERATIONS", "too many operations are going on: wait for some"));
        } else {
            Operation operation = new Operation(id, reader.asked(payload));
            running.put(id, operation);
            start(operation.task);
        }
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            close(1013, "too much is going on: try again later");
        }
    }

    /** The connection has gone: what is executed for it is interrupted. */
    public synchronized void closed() {
        state = State.OVER;
        patience.run();
        List.copyOf(running.values()).forEach(Operation::cancel);
        running.clear();
    }

    private synchronized void late() {
        if (state != State.OPEN) {
            close(4408, "Connection initialisation timeout");
        }
    }

    private synchronized void close(int code, String reason) {
        if (state != State.OVER) {
            closed();
            boolean fits = reason.getBytes(StandardCharsets.UTF_8).length <= REASON_BYTES;
            peer.close(code, fits ? reason : reason.substring(0, REASON_BYTES / 4));
        }
    }

    private synchronized void send(String message) {
        if (state != State.OVER) {
            peer.send(message);
        }
    }

    private void error(String id, Refused refused) {
        send(id, "error", errors(Answers.error(refused)));
    }

    private void send(String id, String type, String payload) {
        send("{\"id\":" + text(id) + ",\"type\":\"" + type + "\",\"payload\":" + payload + "}");
    }

    /** The list of errors alone, of a response that has nothing else. */
    private static String errors(byte[] response) {
        try {
            return JSON.readTree(response).path("errors").toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One operation; its client may give it up, and use its id again while it has not noticed yet. */
    private final class Operation {
        private final String id;
        private final Asked asked;
        private final FutureTask<?> task = new FutureTask<>(this::execute, null);

        Operation(String id, Asked asked) {
            this.id = id;
            this.asked = asked;
        }

        void cancel() {
            boolean unusedRunning = task.cancel(true);
        }

        private void execute() {
            Refused why = Refused.of(500, "INTERNAL", "the operation could not be executed");
            try {
                Optional<GraphSession> session = entrance.apply(said);
                if (session.isEmpty()) {
                    close(4403, "Forbidden");
                    return;
                }
                Documents.Found found = documents.find(asked);
                GraphRequest request =
                        new GraphRequest(found.text(), asked.operationName(), asked.variables(), asked.extensions());
                GraphAnswer answer =
                        session.get().engine().execute(request, session.get().caller());
                if (answer.executed()) {
                    documents.keep(found);
                }
                answered(answer);
            } catch (Refused e) {
                why = e;
            } finally {
                failed(why);
            }
        }

        private void answered(GraphAnswer answer) {
            synchronized (SocketSession.this) {
                if (!running.remove(id, this)) {
                    return;
                }
                if (answer.executed()) {
                    send(id, "next", new String(answer.json(), StandardCharsets.UTF_8));
                    send("{\"id\":" + text(id) + ",\"type\":\"complete\"}");
                } else {
                    send(id, "error", errors(answer.json()));
                }
            }
        }

        /** Tells it unless something was told already. */
        private void failed(Refused why) {
            synchronized (SocketSession.this) {
                if (running.remove(id, this)) {
                    error(id, why);
                }
            }
        }
    }
}
