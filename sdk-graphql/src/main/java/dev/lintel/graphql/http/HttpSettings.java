package dev.lintel.graphql.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a graph is served over HTTP. Each method answers a new value; the constructor is for readers of stored settings.
 *
 * @param path where it is asked
 * @param limits of a request
 * @param batch how many operations one request may have in a list, 0 if lists are refused
 * @param persisted how many documents are kept that clients send with their hash, 0 if none are
 * @param trusted documents that are known before anybody asks
 * @param onlyTrusted whether all other documents are refused
 * @param streams how many operations may be answered as server-sent events at the same time, 0 if none may
 * @param heartbeat how long a stream is silent at most
 * @param explorer where the page is on which people try the graph, empty if there is none
 */
public record HttpSettings(
        String path,
        Limits limits,
        int batch,
        int persisted,
        TrustedDocuments trusted,
        boolean onlyTrusted,
        int streams,
        Duration heartbeat,
        Optional<String> explorer) {
    /**
     * {@code /graphql}, {@link Limits#DEFAULT}, no lists, 1,000 persisted documents, none that are trusted, 1,000 streams with a sign
     * of life each 12 s, no page.
     */
    public static final HttpSettings DEFAULT = new HttpSettings(
            "/graphql",
            Limits.DEFAULT,
            0,
            1_000,
            TrustedDocuments.NONE,
            false,
            1_000,
            Duration.ofSeconds(12),
            Optional.empty());

    private static final int MOST_IN_A_LIST = 100;

    /** Checks all parts. */
    public HttpSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(trusted, "trusted");
        checkPath(path);
        explorer.ifPresent(HttpSettings::checkPath);
        if (explorer.isPresent() && (explorer.get().equals(path) || path.startsWith(explorer.get() + "/"))) {
            throw new IllegalArgumentException(
                    "the page and the graph must have different paths, but both are at '" + path + "'");
        }
        if (batch < 0 || batch > MOST_IN_A_LIST) {
            throw new IllegalArgumentException(
                    "a request may have 0 to " + MOST_IN_A_LIST + " operations in a list, but not " + batch);
        }
        if (persisted < 0 || streams < 0) {
            throw new IllegalArgumentException("numbers of documents and streams must not be negative");
        }
        if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the heartbeat must be at least 1 s, but is " + heartbeat);
        }
        if (onlyTrusted && trusted.size() == 0) {
            throw new IllegalArgumentException("where only trusted documents are executed, there must be some");
        }
    }

    private static void checkPath(String path) {
        if (!path.startsWith("/") || path.length() == 1 || path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a path must begin with '/', name something and not end with '/', but is '" + path + "'");
        }
        boolean plain = path.chars()
                .allMatch(c -> c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || "/-._~".indexOf(c) >= 0);
        if (!plain || path.contains("//") || path.contains("/.")) {
            throw new IllegalArgumentException("a path must have letters, digits, '-', '.', '_' and '~', each part"
                    + " beginning with another than '.', but is '" + path + "'");
        }
    }

    /**
     * The same at another path.
     *
     * @param where for example {@code /graphql}
     * @return a new value
     * @throws IllegalArgumentException if it is no plain path
     */
    public HttpSettings path(String where) {
        return new HttpSettings(where, limits, batch, persisted, trusted, onlyTrusted, streams, heartbeat, explorer);
    }

    /**
     * The same with other limits.
     *
     * @param other of a request
     * @return a new value
     */
    public HttpSettings limits(Limits other) {
        return new HttpSettings(path, other, batch, persisted, trusted, onlyTrusted, streams, heartbeat, explorer);
    }

    /**
     * The same, where a request may have several operations in a list.
     *
     * @param most up to 100, 0 if lists are refused
     * @return a new value
     */
    public HttpSettings batch(int most) {
        return new HttpSettings(path, limits, most, persisted, trusted, onlyTrusted, streams, heartbeat, explorer);
    }

    /**
     * The same with another number of documents that are kept.
     *
     * @param most 0 if none are kept
     * @return a new value
     */
    public HttpSettings persisted(int most) {
        return new HttpSettings(path, limits, batch, most, trusted, onlyTrusted, streams, heartbeat, explorer);
    }

    /**
     * The same with documents that are known, besides those that clients send.
     *
     * @param documents by id
     * @return a new value
     */
    public HttpSettings trusted(TrustedDocuments documents) {
        return new HttpSettings(path, limits, batch, persisted, documents, false, streams, heartbeat, explorer);
    }

    /**
     * The same with documents that are known, and no others: a text that is none of them is refused.
     *
     * @param documents by id, at least one
     * @return a new value
     */
    public HttpSettings onlyTrusted(TrustedDocuments documents) {
        return new HttpSettings(path, limits, batch, persisted, documents, true, streams, heartbeat, explorer);
    }

    /**
     * The same with another number of streams.
     *
     * @param most at the same time, 0 if none may be
     * @param silence how long each is silent at most, 1 s or more
     * @return a new value
     */
    public HttpSettings streams(int most, Duration silence) {
        return new HttpSettings(path, limits, batch, persisted, trusted, onlyTrusted, most, silence, explorer);
    }

    /**
     * The same with a page on which people try the graph. It needs the module {@code lintel-sdk-graphiql}.
     *
     * @param where for example {@code /graphiql}; what it loads is below
     * @return a new value
     */
    public HttpSettings explorer(String where) {
        return new HttpSettings(
                path, limits, batch, persisted, trusted, onlyTrusted, streams, heartbeat, Optional.of(where));
    }
}
