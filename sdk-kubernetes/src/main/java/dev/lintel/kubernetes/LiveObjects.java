package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads objects of a cluster: all that are ours by their label, page by page, or single ones by name. */
final class LiveObjects {
    private static final int PAGE = 500;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    /** A list whose pages are gone is begun again; an apiserver that loses them again and again is told of. */
    private static final int BEGINNINGS = 5;

    private final Transport transport;
    private final Json json;

    LiveObjects(Transport transport, Json json) {
        this.transport = transport;
        this.json = json;
    }

    /**
     * What was found.
     *
     * @param objects all of them, by kind as {@link ObjectKind#ALL} has them, then as the apiserver does
     * @param absent kinds that the cluster does not know
     */
    record Found(List<LiveObject> objects, List<ObjectKind> absent) {
        Found {
            objects = List.copyOf(objects);
            absent = List.copyOf(absent);
        }
    }

    /**
     * All objects with a label.
     *
     * @param selector as {@code labelSelector} takes it; empty for all objects
     * @throws RefusedException if the apiserver does not answer what it is asked
     * @throws UnreachableException if it does not answer at all
     */
    Found all(String selector) {
        Map<ObjectKind, Listing> open = new LinkedHashMap<>();
        ObjectKind.ALL.forEach(kind -> open.put(kind, new Listing()));
        List<ObjectKind> absent = new ArrayList<>();
        Map<ObjectKind, Listing> left = new LinkedHashMap<>(open);
        while (!left.isEmpty()) {
            List<ObjectKind> kinds = List.copyOf(left.keySet());
            List<Reply> replies = transport.sendAll(kinds.stream()
                    .map(kind -> page(kind, selector, left.get(kind)))
                    .toList());
            for (int i = 0; i < kinds.size(); i++) {
                ObjectKind kind = kinds.get(i);
                if (replies.get(i).status() == NOT_FOUND) {
                    absent.add(kind);
                    left.remove(kind);
                } else if (take(kind, open.get(kind), replies.get(i))) {
                    left.remove(kind);
                }
            }
        }
        return new Found(
                open.values().stream().flatMap(each -> each.objects.stream()).toList(), absent);
    }

    /** A list that is being read. */
    private static final class Listing {
        private final List<LiveObject> objects = new ArrayList<>();
        private String next = "";
        private int beginnings = 1;
    }

    private static Call page(ObjectKind kind, String selector, Listing listing) {
        return Call.get(kind.path() + "?limit=" + PAGE
                + (selector.isEmpty() ? "" : "&labelSelector=" + Urls.encoded(selector))
                + (listing.next.isEmpty() ? "" : "&continue=" + Urls.encoded(listing.next)));
    }

    /** Adds a page. Answers whether it was the last. */
    private boolean take(ObjectKind kind, Listing listing, Reply reply) {
        if (reply.status() == GONE && listing.beginnings < BEGINNINGS) {
            listing.objects.clear();
            listing.next = "";
            listing.beginnings++;
            return false;
        }
        if (!reply.succeeded()) {
            throw new RefusedException("listing " + kind.plural(), reply, json);
        }
        Map<?, ?> list = (Map<?, ?>) json.read(reply.body());
        for (Object item : (List<?>) list.get("items")) {
            listing.objects.add(live(kind, item));
        }
        listing.next = list.get("metadata") instanceof Map<?, ?> metadata && metadata.get("continue") != null
                ? String.valueOf(metadata.get("continue"))
                : "";
        return listing.next.isEmpty();
    }

    /**
     * Objects with the names of some manifests, whoever made them.
     *
     * @return for each manifest what is there, or nothing, in the order of the manifests
     */
    List<Optional<LiveObject>> named(List<Manifest> manifests) {
        List<Reply> replies = transport.sendAll(
                manifests.stream().map(each -> Call.get(path(each))).toList());
        List<Optional<LiveObject>> found = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.status() == NOT_FOUND) {
                found.add(Optional.empty());
            } else if (reply.succeeded()) {
                found.add(Optional.of(live(kind(manifests.get(i)), json.read(reply.body()))));
            } else {
                throw new RefusedException("reading " + manifests.get(i).id(), reply, json);
            }
        }
        return found;
    }

    static String path(Manifest manifest) {
        return kind(manifest).path(manifest.namespace(), manifest.name());
    }

    private static ObjectKind kind(Manifest manifest) {
        return ObjectKind.of(manifest)
                .orElseThrow(() -> new IllegalArgumentException(
                        manifest.apiVersion() + " " + manifest.kind() + " is no kind that a dialect writes"));
    }

    @SuppressWarnings("unchecked")
    private static LiveObject live(ObjectKind kind, Object item) {
        return new LiveObject(kind, (Map<String, Object>) item);
    }
}
