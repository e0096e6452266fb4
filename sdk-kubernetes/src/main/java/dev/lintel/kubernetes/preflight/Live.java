package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.ClusterReader.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is read of a cluster, each document once. What the account may not read is told as not looked at. */
final class Live {
    private static final int PAGE = 500;
    /** Of one kind in one namespace; where there are more, nothing is said about them. */
    private static final int MOST_PAGES = 40;

    private final ClusterReader reader;
    private final Findings findings;
    private final Map<String, Got> read = new LinkedHashMap<>();
    private final Map<String, Optional<List<Map<?, ?>>>> lists = new LinkedHashMap<>();

    Live(ClusterReader reader, Findings findings) {
        this.reader = reader;
        this.findings = findings;
    }

    static String namespace(String name) {
        return "/api/v1/namespaces/" + name;
    }

    static String pods(String namespace) {
        return namespace(namespace) + "/pods";
    }

    static String services(String namespace) {
        return namespace(namespace) + "/services";
    }

    /** Reads some side by side, so that what is asked for later is there. */
    void prefetch(Collection<String> objects, Collection<String> collections) {
        List<String> paths = new ArrayList<>(objects.stream().distinct().toList());
        collections.stream().distinct().map(Live::first).forEach(paths::add);
        List<Got> got = reader.get(paths);
        for (int i = 0; i < paths.size(); i++) {
            read.put(paths.get(i), redacted(paths.get(i), got.get(i)));
        }
    }

    private static String first(String collection) {
        return collection + "?limit=" + PAGE;
    }

    private Got got(String path) {
        return read.computeIfAbsent(
                path, each -> redacted(each, reader.get(List.of(each)).get(0)));
    }

    /** Of a secret its certificate is kept, and of all else in it that it is there. */
    private static Got redacted(String path, Got got) {
        if (!path.contains("/secrets/") || !got.isThere()) {
            return got;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        Docs.map(got.document(), "data").forEach((key, value) -> {
            boolean certificate = String.valueOf(key).equals("tls.crt");
            boolean empty = String.valueOf(value).isEmpty();
            data.put(String.valueOf(key), certificate || empty ? value : "[redacted]");
        });
        return new Got(got.status(), Map.of("type", Docs.text(got.document(), "type"), "data", data));
    }

    /**
     * One object.
     *
     * @return empty if it is not there
     * @throws Unread if that is not known, which is told
     */
    Optional<Map<?, ?>> object(String path) throws Unread {
        Got got = got(path);
        if (got.isThere()) {
            return Optional.of(got.document());
        }
        if (got.isMissing()) {
            return Optional.empty();
        }
        throw unread(path, got, "get");
    }

    /**
     * All objects of a collection; none if the collection is not there.
     *
     * @throws Unread if they are not known, which is told
     */
    List<Map<?, ?>> all(String collection) throws Unread {
        Optional<List<Map<?, ?>>> known = lists.get(collection);
        if (known == null) {
            known = Optional.of(pages(collection));
            lists.put(collection, known);
        }
        return known.orElseThrow();
    }

    /** The Pods of a namespace that have not ended. */
    List<Map<?, ?>> running(String namespace) throws Unread {
        return all(pods(namespace)).stream()
                .filter(pod -> !Set.of("Succeeded", "Failed").contains(Docs.text(pod, "status", "phase")))
                .toList();
    }

    private List<Map<?, ?>> pages(String collection) throws Unread {
        List<Map<?, ?>> all = new ArrayList<>();
        String next = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Got got = got(first(collection)
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
            if (got.isMissing()) {
                return all;
            }
            if (!got.isThere()) {
                throw unread(collection, got, "list");
            }
            all.addAll(Docs.maps(got.document(), "items"));
            next = Docs.text(got.document(), "metadata", "continue");
            if (next.isEmpty()) {
                return all;
            }
        }
        findings.unchecked(collection, "there are more than " + PAGE * MOST_PAGES, "look at them by hand");
        throw new Unread();
    }

    private Unread unread(String path, Got got, String verb) {
        findings.unchecked(
                path,
                got.isForbidden()
                        ? "the account of this client may not read it"
                        : "the apiserver answered " + got.status(),
                got.isForbidden() ? "give it the verb " + verb + ", or look by hand" : "try again");
        return new Unread();
    }

    /** Something could not be read, which has been told. */
    static final class Unread extends Exception {
        private static final long serialVersionUID = 1;

        private Unread() {
            super("told already", null, false, false);
        }
    }
}
