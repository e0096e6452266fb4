package dev.lintel.kubernetes;

import dev.lintel.kubernetes.DriftWatcher.Told;
import dev.lintel.kubernetes.DriftWatcher.Watches;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches all kinds that decide: of those by which others open what ours close all objects, of the others ours.
 */
final class KindWatches implements Watches {
    private static final Duration SILENT = Duration.ofMinutes(5);
    private static final int NOT_FOUND = 404;

    private final Inventory inventory;
    private final Transport transport;
    private final Json json;
    private final Pauses pauses;
    private final Told told;
    private final Map<ObjectKind, KindWatch> watches = new LinkedHashMap<>();
    private boolean known;
    private boolean closed;

    KindWatches(Inventory inventory, Transport transport, Json json, Pauses pauses, Told told) {
        this.inventory = inventory;
        this.transport = transport;
        this.json = json;
        this.pauses = pauses;
        this.told = told;
    }

    @Override
    public void begin() {
        List<KindWatch> lost = lost();
        List<Reply> replies = transport.sendAll(
                lost.stream().map(watch -> Call.get(watch.list())).toList());
        for (int i = 0; i < lost.size(); i++) {
            KindWatch watch = lost.get(i);
            Reply reply = replies.get(i);
            if (reply.succeeded()) {
                watch.begin(version(reply));
            } else if (reply.status() != NOT_FOUND) {
                throw new RefusedException("listing " + watch.kind().plural(), reply, json);
            }
        }
    }

    private String version(Reply reply) {
        return json.read(reply.body()) instanceof Map<?, ?> list && list.get("metadata") instanceof Map<?, ?> metadata
                ? String.valueOf(metadata.get("resourceVersion"))
                : "";
    }

    private synchronized List<KindWatch> lost() {
        if (closed) {
            return List.of();
        }
        if (!known) {
            List<ObjectKind> kinds =
                    Schemas.read(ObjectKind.READ, transport, json).known(ObjectKind.READ);
            kinds.forEach(kind -> watches.computeIfAbsent(
                    kind,
                    each -> new KindWatch(
                            each,
                            ObjectKind.BESIDE.contains(each) ? "" : inventory.selector(),
                            transport,
                            json,
                            pauses,
                            told)));
            List<ObjectKind> gone = new ArrayList<>(watches.keySet());
            gone.removeAll(kinds);
            gone.forEach(kind -> watches.remove(kind).close());
            known = true;
        }
        return watches.values().stream().filter(KindWatch::isLost).toList();
    }

    @Override
    public synchronized void refresh() {
        known = false;
        watches.values().forEach(watch -> watch.renew(SILENT));
    }

    @Override
    public synchronized void close() {
        closed = true;
        watches.values().forEach(KindWatch::close);
    }
}
