package dev.lintel.graphql.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a service. It prints neither its query nor values of headers.
 *
 * @param method in capitals
 * @param target path and query, encoded; it begins with {@code /}
 * @param headers those of the request alone: none that belong to the connection or to the body
 * @param body null for none
 * @param timeout how long the answer may take, repetitions included
 */
public record UpstreamRequest(
        String method,
        String target,
        List<Header> headers,
        @Nullable Content body,
        Duration timeout) {
    /** Checks that it can be sent as it is. */
    public UpstreamRequest {
        if (!Header.word(method)) {
            throw new IllegalArgumentException("a method is a word such as 'GET'");
        }
        if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 127 && c != '#')) {
            throw new IllegalArgumentException("a target begins with '/' and is encoded, without a fragment");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing");
        }
        headers = List.copyOf(headers);
    }

    /**
     * The same with one header more.
     *
     * @param header after those that are there
     * @return the request
     */
    public UpstreamRequest with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(Objects.requireNonNull(header, "header"));
        return new UpstreamRequest(method, target, more, body, timeout);
    }

    /**
     * The same with another limit.
     *
     * @param limit how long the answer may take
     * @return the request
     */
    public UpstreamRequest within(Duration limit) {
        return new UpstreamRequest(method, target, headers, body, limit);
    }

    /**
     * The path without the query.
     *
     * @return encoded
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        return method + " " + path() + " " + headers + (body == null ? "" : " with " + body);
    }
}
