package dev.lintel.graphql.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered, whole. It prints neither values of headers nor the body.
 *
 * @param status such as 200
 * @param headers as they came, without those of the connection
 * @param body not copied, not to be changed; empty if there is none
 */
// Equal by its bytes; a copy for each call would be the most of what a call costs.
@SuppressWarnings("ArrayRecordComponent")
public record UpstreamAnswer(int status, List<Header> headers, byte[] body) {
    /** Checks the status. */
    public UpstreamAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a final status is from 200 to 599, but was " + status);
        }
        Objects.requireNonNull(body, "body");
        headers = List.copyOf(headers);
    }

    /**
     * The first value of a header.
     *
     * @param name of it
     * @return its value, or null if there is none
     */
    public @Nullable String header(String name) {
        return Header.first(headers, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UpstreamAnswer that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * status + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return status + " " + headers + " with " + body.length + " bytes";
    }
}
