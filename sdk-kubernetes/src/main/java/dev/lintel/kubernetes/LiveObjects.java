package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads objects of a cluster: all that are ours by their label, page by page, or single ones by name. */
final class LiveObjects {
    private static final int PAGE = 500;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    /** A list whose pages are gone is begun again; an apiserver that loses them again and again is told of. */
    private static final int BEGINNINGS = 5;
    /** From so many on, one list costs an apiserver less than each by its name. */
    private static final int CROWD = 16;

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
        List<Problem> problems = new ArrayList<>();
        List<Listing> all = kinds.stream()
                .map(kind -> new Listing(kind, kind.path(), selector, name -> true))
                .toList();
        follow(all)
                .forEach((listing, reply) -> problems.add(
                        reply.status() == FORBIDDEN ? forbidden(listing.kind, reply) : missing(listing.kind)));
        return new Found(all.stream().flatMap(each -> each.objects.stream()).toList(), problems);
    }

    /** Reads some lists to their ends. Answers which may not be read or are not there, and what the apiserver says to them. */
    private Map<Listing, Reply> follow(Collection<Listing> all) {
        Map<Listing, Reply> refused = new LinkedHashMap<>();
        List<Listing> open = new ArrayList<>(all);
        while (!open.isEmpty()) {
            List<Listing> asked = List.copyOf(open);
            List<Reply> replies =
                    transport.sendAll(asked.stream().map(Listing::next).toList());
            for (int i = 0; i < asked.size(); i++) {
                Listing listing = asked.get(i);
                Reply reply = replies.get(i);
                if (reply.status() == FORBIDDEN || reply.status() == NOT_FOUND) {
                    refused.put(listing, reply);
                    open.remove(listing);
                } else if (take(listing, reply)) {
                    open.remove(listing);
                }
            }
        }
        return refused;
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
        private final String path;
        private final String selector;
        private final Predicate<String> wanted;
        private final List<LiveObject> objects = new ArrayList<>();
        private String next = "";
        private int beginnings = 1;

        Listing(ObjectKind kind, String path, String selector, Predicate<String> wanted) {
            this.kind = kind;
            this.path = path;
            this.selector = selector;
            this.wanted = wanted;
        }

        Call next() {
            return Call.get(path + "?limit=" + PAGE
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
            LiveObject object = live(listing.kind, item);
            if (listing.wanted.test(object.name())) {
                listing.objects.add(object);
            }
        }
        listing.next = list.get("metadata") instanceof Map<?, ?> metadata && metadata.get("continue") != null
                ? String.valueOf(metadata.get("continue"))
                : "";
        return listing.next.isEmpty();
    }

    /**
     * Objects with the names of some manifests, whoever made them. Many of one kind in one namespace are listed instead of
     * asked for one by one, where that is allowed.
     *
     * @return for each manifest what is there, or nothing, in the order of the manifests
     */
    Named named(List<Manifest> manifests) {
        Map<String, Listing> crowds = crowds(manifests);
        follow(crowds.values()).keySet().forEach(refused -> crowds.values().remove(refused));
        Map<String, LiveObject> listed = new HashMap<>();
        crowds.forEach(
                (place, listing) -> listing.objects.forEach(each -> listed.put(place + "/" + each.name(), each)));
        List<Manifest> asked = manifests.stream()
                .filter(each -> !crowds.containsKey(place(each)))
                .toList();
        Iterator<Reply> replies = transport
                .sendAll(asked.stream().map(each -> Call.get(path(each))).toList())
                .iterator();
        List<Optional<LiveObject>> found = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Manifest each : manifests) {
            found.add(
                    crowds.containsKey(place(each))
                            ? Optional.ofNullable(listed.get(path(each)))
                            : one(each, replies.next(), problems));
        }
        return new Named(found, problems);
    }

    private Optional<LiveObject> one(Manifest manifest, Reply reply, List<Problem> problems) {
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (reply.status() == FORBIDDEN) {
            problems.add(forbidden(manifest, reply));
            return Optional.empty();
        }
        if (!reply.succeeded()) {
            throw new RefusedException("reading " + manifest.id(), reply, json);
        }
        return Optional.of(live(kind(manifest), json.read(reply.body())));
    }

    /** Where several are asked for, by the path of their list. */
    private static Map<String, Listing> crowds(List<Manifest> manifests) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Map<String, ObjectKind> kinds = new HashMap<>();
        for (Manifest each : manifests) {
            names.computeIfAbsent(place(each), place -> new HashSet<>()).add(each.name());
            kinds.putIfAbsent(place(each), kind(each));
        }
        Map<String, Listing> crowds = new LinkedHashMap<>();
        names.forEach((place, some) -> {
            ObjectKind kind = kinds.get(place);
            if (kind != null && some.size() >= CROWD) {
                crowds.put(place, new Listing(kind, place, "", some::contains));
            }
        });
        return crowds;
    }

    private static String place(Manifest manifest) {
        return kind(manifest).path(manifest.namespace());
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
