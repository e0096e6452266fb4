package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.kubernetes.DriftWatcher.Told;
import dev.lintel.kubernetes.Transport.Reply;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one kind of objects, one connection after another: cut off it goes on where it was; what the apiserver
 * remembers no more is lost, and begun anew by whoever lists what is there.
 */
final class KindWatch {
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final int OK = 200;
    private static final int GONE = 410;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final int DOUBLINGS = 9;

    private final ObjectKind kind;
    private final String selector;
    private final Transport transport;
    private final Json json;
    private final Pauses pauses;
    private final Told told;
    private String version = "";
    private @Nullable AsyncBody body;
    private boolean closed;
    private int tried;
    private long heard;
    /** Counts connections: what one of before says is not heard. */
    private int connection;

    /**
     * A watch that has not begun.
     *
     * @param selector of the objects, as {@code labelSelector} takes it; empty for all
     */
    KindWatch(ObjectKind kind, String selector, Transport transport, Json json, Pauses pauses, Told told) {
        this.kind = kind;
        this.selector = selector.isEmpty() ? "" : "&labelSelector=" + Urls.encoded(selector);
        this.transport = transport;
        this.json = json;
        this.pauses = pauses;
        this.told = told;
    }

    /** Pauses between attempts, from a tenth of a second to about a minute. */
    static Duration backoff(int tried) {
        return FIRST.multipliedBy(1L << Math.min(tried, DOUBLINGS));
    }

    ObjectKind kind() {
        return kind;
    }

    /** What is listed to begin: the version of the list is where the watch goes on. */
    String list() {
        return kind.path() + "?limit=1" + selector;
    }

    synchronized boolean isLost() {
        return version.isEmpty() && !closed;
    }

    synchronized void begin(String from) {
        version = from;
        tried = 0;
        connect();
    }

    /** Begins a new connection where nothing was heard for so long; bookmarks come every minute or so. */
    synchronized void renew(Duration silent) {
        if (!version.isEmpty() && pauses.nanos() - heard > silent.toNanos()) {
            connect();
        }
    }

    synchronized void close() {
        closed = true;
        connection++;
        hangUp();
    }

    private void hangUp() {
        if (body != null) {
            body.cancel();
            body = null;
        }
    }

    private synchronized void connect() {
        if (closed || version.isEmpty()) {
            return;
        }
        hangUp();
        connection++;
        heard = pauses.nanos();
        int mine = connection;
        EventLines lines = new EventLines();
        CompletableFuture<HttpResponse<AsyncBody>> unused = transport.stream(
                        kind.path() + "?watch=1&allowWatchBookmarks=true&resourceVersion=" + Urls.encoded(version)
                                + selector,
                        METADATA,
                        (pieces, from) -> {
                            take(mine, lines, pieces);
                            from.consume();
                        })
                .whenComplete((response, failure) -> {
                    if (response == null) {
                        again(mine);
                    } else {
                        answered(mine, response);
                    }
                });
    }

    private synchronized void answered(int mine, HttpResponse<AsyncBody> response) {
        if (mine != connection || response.code() != OK) {
            response.body().cancel();
            if (mine == connection && response.code() == GONE) {
                lose();
            } else if (mine == connection) {
                told.blind(new RefusedException("watching " + kind.plural(), new Reply(response.code(), ""), json));
                again(mine);
            }
            return;
        }
        body = response.body();
        CompletableFuture<Void> unused = body.done().whenComplete((nothing, failure) -> again(mine));
        body.consume();
    }

    private synchronized void take(int mine, EventLines lines, List<ByteBuffer> pieces) {
        if (mine != connection) {
            return;
        }
        try {
            for (String line : lines.of(pieces)) {
                if (mine == connection) {
                    event(line);
                }
            }
        } catch (IllegalArgumentException e) {
            // What cannot be understood may have been anything: all is looked at.
            lose();
        }
    }

    private void event(String line) {
        Map<?, ?> event = map(json.read(line));
        Map<?, ?> object = map(event.get("object"));
        heard = pauses.nanos();
        if ("ERROR".equals(event.get("type"))) {
            if (object.get("code") instanceof Integer code && code == GONE) {
                lose();
            } else {
                again(connection);
            }
            return;
        }
        tried = 0;
        if (map(object.get("metadata")).get("resourceVersion") instanceof String now) {
            version = now;
        }
        if (!"BOOKMARK".equals(event.get("type"))) {
            told.changed();
        }
    }

    private void lose() {
        version = "";
        connection++;
        hangUp();
        told.changed();
    }

    private synchronized void again(int mine) {
        if (closed || mine != connection || version.isEmpty()) {
            return;
        }
        connection++;
        hangUp();
        if (tried > 0) {
            // It was no short break: whoever looks finds out what it is.
            told.changed();
        }
        CompletableFuture<Void> unused = pauses.pause(backoff(tried++)).thenRun(this::connect);
    }
}
