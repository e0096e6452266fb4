package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads objects of a cluster: all that are ours by their label, page by page, or single ones by name. */
final class LiveObjects {
    private static final int PAGE = 500;
    private static final int FORBIDDEN = 403;
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
     * @param objects all of them, by kind as it was asked for, then as the apiserver has them
     * @param problems kinds that the account of this client may not list
     */
    record Found(List<LiveObject> objects, List<Problem> problems) {
        Found {
            objects = List.copyOf(objects);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What was found by name.
     *
     * @param objects for each name what is there, or nothing
     * @param problems names that the account of this client may not read
     */
    record Named(List<Optional<LiveObject>> objects, List<Problem> problems) {
        Named {
            objects = List.copyOf(objects);
            problems = List.copyOf(problems);
        }
    }

    /**
     * All objects with a label.
     *
     * @param kinds which the cluster knows
     * @param selector as {@code labelSelector} takes it; empty for all objects
     * @throws RefusedException if the apiserver does not answer what it is asked
     * @throws UnreachableException if it does not answer at all
     */
    Found all(List<ObjectKind> kinds, String selector) {
        List<Listing> all = kinds.stream().map(Listing::new).toList();
        List<Problem> problems = new ArrayList<>();
        List<Listing> open = new ArrayList<>(all);
        while (!open.isEmpty()) {
            List<Listing> asked = List.copyOf(open);
            List<Reply> replies = transport.sendAll(
                    asked.stream().map(listing -> listing.next(selector)).toList());
            for (int i = 0; i < asked.size(); i++) {
                Listing listing = asked.get(i);
                if (replies.get(i).status() == FORBIDDEN) {
                    problems.add(forbidden(listing.kind, replies.get(i)));
                    open.remove(listing);
                } else if (replies.get(i).status() == NOT_FOUND) {
                    problems.add(missing(listing.kind));
                    open.remove(listing);
                } else if (take(listing, replies.get(i))) {
                    open.remove(listing);
                }
            }
        }
        return new Found(all.stream().flatMap(each -> each.objects.stream()).toList(), problems);
    }

    private Problem forbidden(ObjectKind kind, Reply reply) {
        return new Problem(
                "cluster.forbidden",
                kind.plural(),
                "may not be listed: " + RefusedException.message(reply, json),
                "give the account of this client the verb list for " + kind.plural() + " in all namespaces",
                Origin.unknown());
    }

    /** A kind that the cluster has just told of. */
    private static Problem missing(ObjectKind kind) {
        return new Problem(
                "cluster.missing",
                kind.plural(),
                "are known to the cluster and not served: their definition comes or goes right now",
                "plan again when it is there, or gone",
                Origin.unknown());
    }

    /** A list that is being read. */
    private static final class Listing {
        private final ObjectKind kind;
        private final List<LiveObject> objects = new ArrayList<>();
        private String next = "";
        private int beginnings = 1;

        Listing(ObjectKind kind) {
            this.kind = kind;
        }

        Call next(String selector) {
            return Call.get(kind.path() + "?limit=" + PAGE
                    + (selector.isEmpty() ? "" : "&labelSelector=" + Urls.encoded(selector))
                    + (next.isEmpty() ? "" : "&continue=" + Urls.encoded(next)));
        }
    }

    /** Adds a page. Answers whether it was the last. */
    private boolean take(Listing listing, Reply reply) {
        if (reply.status() == GONE && listing.beginnings < BEGINNINGS) {
            listing.objects.clear();
            listing.next = "";
            listing.beginnings++;
            return false;
        }
        if (!reply.succeeded()) {
            throw new RefusedException("listing " + listing.kind.plural(), reply, json);
        }
        Map<?, ?> list = (Map<?, ?>) json.read(reply.body());
        for (Object item : list.get("items") instanceof List<?> items ? items : List.of()) {
            listing.objects.add(live(listing.kind, item));
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
    Named named(List<Manifest> manifests) {
        List<Reply> replies = transport.sendAll(
                manifests.stream().map(each -> Call.get(path(each))).toList());
        List<Optional<LiveObject>> found = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.status() == NOT_FOUND) {
                found.add(Optional.empty());
            } else if (reply.status() == FORBIDDEN) {
                found.add(Optional.empty());
                problems.add(forbidden(manifests.get(i), reply));
            } else if (reply.succeeded()) {
                found.add(Optional.of(live(kind(manifests.get(i)), json.read(reply.body()))));
            } else {
                throw new RefusedException("reading " + manifests.get(i).id(), reply, json);
            }
        }
        return new Named(found, problems);
    }

    private Problem forbidden(Manifest manifest, Reply reply) {
        return new Problem(
                "cluster.forbidden",
                manifest.id(),
                "may not be read: " + RefusedException.message(reply, json),
                "give the account of this client the verb get for "
                        + kind(manifest).plural() + " in " + manifest.namespace(),
                Origin.unknown());
    }

    static String path(Manifest manifest) {
        return kind(manifest).path(manifest.namespace(), manifest.name());
    }

    /** An object as the apiserver answers with it. */
    static LiveObject live(Manifest manifest, Object item) {
        return live(kind(manifest), item);
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
