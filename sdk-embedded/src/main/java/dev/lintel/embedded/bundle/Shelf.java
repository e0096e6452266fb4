package dev.lintel.embedded.bundle;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bundles that are published, and the requests that wait for the next one. */
final class Shelf implements Endpoint {
    private static final String PREFIX = "/bundles/";
    /** By this type OPA knows that it may wait for an answer. */
    private static final String WAITS = "application/vnd.openpolicyagent.bundles";

    private static final String PLAIN = "application/gzip";
    private static final Pattern WAIT = Pattern.compile("(?:^|[;,\\s])wait=([0-9]{1,6})(?:[;,\\s]|$)");

    private final BundleSettings settings;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Published> bundles = new TreeMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean closed;

    Shelf(BundleSettings settings, BiConsumer<Duration, Runnable> later) {
        this.settings = settings;
        this.later = later;
    }

    private record Published(Reply once, Reply waited, String tag) {
        static Published of(byte[] bytes, String tag) {
            return new Published(
                    Reply.of(200, PLAIN, bytes).header("ETag", tag),
                    Reply.of(200, WAITS, bytes).header("ETag", tag),
                    tag);
        }

        Reply reply(boolean waits) {
            return waits ? waited : once;
        }
    }

    private record Waiting(String name, Consumer<Reply> done) {}

    void put(String name, byte[] bytes) {
        Published now = Published.of(bytes.clone(), tag(bytes));
        List<Waiting> woken = new ArrayList<>();
        synchronized (this) {
            Published before = bundles.put(name, now);
            if (before == null || !before.tag().equals(now.tag())) {
                waiting.stream().filter(one -> one.name().equals(name)).forEach(woken::add);
                waiting.removeAll(woken);
            }
        }
        woken.forEach(one -> one.done().accept(now.reply(true)));
    }

    synchronized List<String> names() {
        return List.copyOf(bundles.keySet());
    }

    synchronized int waiting() {
        return waiting.size();
    }

    void close() {
        List<Waiting> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.done().accept(Reply.text(503, "closing")));
    }

    @Override
    public Reply answer(Received request) {
        Reply refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        Published bundle = bundle(name(request));
        if (bundle == null) {
            return Reply.text(404, "not found");
        }
        boolean waits = wait(request) != null;
        return has(request, bundle) ? unchanged(bundle, waits) : bundle.reply(waits);
    }

    @Override
    public void answer(Received request, Executor workers, Consumer<Reply> done) {
        Duration wait = refusal(request) == null ? wait(request) : null;
        if (wait != null) {
            Waiting one = new Waiting(name(request), done);
            Published bundle;
            synchronized (this) {
                bundle = bundles.get(one.name());
                // Looked at together with the list, so that no bundle is published in between.
                // Whoever has gone waits on until its time is up, so that no more may wait than may be connected.
                boolean room = waiting.size() < settings.connections();
                if (bundle != null && has(request, bundle) && !closed && room) {
                    waiting.add(one);
                } else {
                    bundle = null;
                }
            }
            if (bundle != null) {
                Published before = bundle;
                later.accept(wait, () -> giveUp(one, before));
                return;
            }
        }
        workers.execute(() -> done.accept(answer(request)));
    }

    private void giveUp(Waiting one, Published bundle) {
        boolean waits;
        synchronized (this) {
            waits = waiting.remove(one);
        }
        if (waits) {
            one.done().accept(unchanged(bundle, true));
        }
    }

    private synchronized @Nullable Published bundle(String name) {
        return bundles.get(name);
    }

    private @Nullable Reply refusal(Received request) {
        Secret token = settings.token();
        if (token != null && !presents(request, token)) {
            return Reply.text(401, "a token is needed").header("WWW-Authenticate", "Bearer");
        }
        if (!request.path().startsWith(PREFIX)) {
            return Reply.text(404, "not found");
        }
        return request.method().equals("GET")
                ? null
                : Reply.text(405, "method not allowed").header("Allow", "GET");
    }

    private static boolean presents(Received request, Secret token) {
        List<String> fields = request.header("Authorization");
        byte[] wanted = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
        return fields.size() == 1 && MessageDigest.isEqual(wanted, fields.get(0).getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Received request) {
        return request.path().substring(PREFIX.length());
    }

    private static boolean has(Received request, Published bundle) {
        return request.header("If-None-Match").stream()
                .flatMap(field -> List.of(field.split(",")).stream())
                .map(String::strip)
                .anyMatch(tag -> tag.equals(bundle.tag()) || tag.equals("W/" + bundle.tag()) || tag.equals("*"));
    }

    private static Reply unchanged(Published bundle, boolean waits) {
        return Reply.empty(304).header("ETag", bundle.tag()).header("Content-Type", waits ? WAITS : PLAIN);
    }

    /** How long the request would wait (RFC 7240, 4.3); null if it would not. */
    private @Nullable Duration wait(Received request) {
        for (String prefer : request.header("Prefer")) {
            Matcher found = WAIT.matcher(prefer);
            if (found.find()) {
                Duration wanted = Duration.ofSeconds(Long.parseLong(found.group(1)));
                return wanted.compareTo(settings.longestWait()) < 0 ? wanted : settings.longestWait();
            }
        }
        return null;
    }

    private static String tag(byte[] bytes) {
        try {
            return '"'
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
