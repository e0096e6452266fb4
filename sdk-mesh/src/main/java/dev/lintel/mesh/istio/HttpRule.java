package dev.lintel.mesh.istio;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@code http} list of a VirtualService, as it was read.
 *
 * @param entries any of which must hold; one without conditions where nothing is asked
 * @param action what happens then
 */
record HttpRule(List<Entry> entries, Action action) {
    /**
     * Conditions, all of which must hold.
     *
     * @param path null for every path
     * @param methods null for every method
     * @param headers exact values by name
     * @param query exact values by name
     * @param cookie a cookie that must be there; null for none
     */
    record Entry(
            @Nullable PathExpression path,
            @Nullable Set<String> methods,
            Map<String, String> headers,
            Map<String, String> query,
            StickyCookie.@Nullable Cookie cookie) {
        boolean allows(String method) {
            return methods == null || methods.contains(method);
        }

        /** Whether nothing is left for another entry, if both are about the same path and method. */
        boolean takes(Entry later) {
            return later.headers.entrySet().containsAll(headers.entrySet())
                    && later.query.entrySet().containsAll(query.entrySet())
                    && (cookie == null || cookie.equals(later.cookie));
        }

        /** Whether the same is asked beside path and method. */
        boolean asksLike(Entry other) {
            return headers.equals(other.headers) && query.equals(other.query) && Objects.equals(cookie, other.cookie);
        }

        /** The same headers and parameters and one more header, at every path. */
        Entry header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Entry(null, null, more, query, null);
        }

        /** The same headers and parameters and a cookie, at every path. */
        Entry cookie(String name, String value) {
            return new Entry(null, null, headers, query, new StickyCookie.Cookie(name, value));
        }

        /** Whether nothing but path and method is asked. */
        boolean isPlain() {
            return headers.isEmpty() && query.isEmpty() && cookie == null;
        }
    }

    /**
     * What happens to a request.
     *
     * @param refused whether it is answered 403
     * @param answer what it is answered in place of the service; null for nothing
     * @param shares where it goes
     * @param rewrite what becomes of its path
     * @param retries when it is tried again; null where nothing is said
     * @param timeout how long it may take; null without limit
     * @param fault faults made on purpose; null for none
     * @param mirrors where copies go
     * @param headers what is changed
     */
    record Action(
            boolean refused,
            @Nullable Answer answer,
            List<Share> shares,
            Substitution rewrite,
            @Nullable Retry retries,
            @Nullable Duration timeout,
            @Nullable FaultRule fault,
            List<Mirror> mirrors,
            HeaderChanges headers) {
        /** Whether it goes on to the service. */
        boolean goesOn() {
            return !refused && answer == null;
        }
    }

    /**
     * A destination.
     *
     * @param service the service's name
     * @param subset null for all its workloads
     * @param port the service's port, 0 where it is not said
     * @param weight its share, -1 where it is not said
     * @param cookie the cookie that its answers set; null for none
     */
    record Share(String service, @Nullable String subset, int port, int weight, StickyCookie.@Nullable Cookie cookie) {}

    /**
     * A destination of copies.
     *
     * @param to the destination
     * @param percent of how many calls
     */
    record Mirror(Share to, int percent) {}

    /**
     * Tries as they are said.
     *
     * @param attempts how many more
     * @param perTry how long one may take; null without limit
     * @param on after what, as Envoy reads it
     * @param backoff the first pause
     * @param elsewhere whether it is said that another workload is tried
     */
    record Retry(int attempts, @Nullable Duration perTry, String on, Duration backoff, boolean elsewhere) {
        /** For people. */
        String words() {
            return attempts == 0 ? "never" : "up to " + attempts + " times after " + on;
        }

        static final Retry NEVER = new Retry(0, null, "", RetryRule.Backoff.DEFAULT.base(), false);
    }

    /**
     * What becomes of a path.
     *
     * @param from the text at its beginning that is replaced; null for the part that the match was about
     * @param to what takes its place; null leaves the path as it is
     */
    record Substitution(@Nullable String from, @Nullable String to) {
        static final Substitution NONE = new Substitution(null, null);

        /** The path as the destination gets it. */
        String apply(String path, @Nullable PathExpression matched) {
            String replaced = replaced(matched);
            if (to == null || replaced == null) {
                return path;
            }
            return path.startsWith(replaced) ? to + path.substring(replaced.length()) : path;
        }

        /** The text that is replaced; null if it is not a text. */
        @Nullable
        String replaced(@Nullable PathExpression matched) {
            if (from != null) {
                return from;
            }
            if (matched == null) {
                return "/";
            }
            String node = Forms.node(matched.node(), "");
            return switch (matched.tail()) {
                case NOTHING -> node;
                case SLASH, BELOW -> node + "/";
                default -> null;
            };
        }
    }
}
