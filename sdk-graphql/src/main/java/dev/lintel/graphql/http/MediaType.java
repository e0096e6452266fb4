package dev.lintel.graphql.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an answer can be written as. The order is the order of preference among types that are named with the same weight. */
enum MediaType {
    /** Statuses are those of GraphQL: 400 if nothing was executed. */
    RESPONSE("application/graphql-response+json"),
    /** What clients understood before: 200 for each request that is well-formed. */
    JSON("application/json"),
    /** Server-sent events: one stream for each operation. */
    EVENTS("text/event-stream");

    private final String type;

    MediaType(String type) {
        this.type = type;
    }

    /** As the header {@code Content-Type} says it. */
    String contentType() {
        return type + "; charset=utf-8";
    }

    /**
     * What to answer with (RFC 9110, 12.5.1). Who accepts anything, or says nothing, gets {@link #JSON}; events are for those only
     * who name them.
     *
     * @param accept the header, null if there is none
     * @return empty if nothing that can be written is accepted
     */
    static Optional<MediaType> negotiate(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(JSON);
        }
        List<MediaRange> ranges = MediaRange.list(accept);
        MediaType best = null;
        int weight = 0;
        for (MediaType candidate : values()) {
            int exactness = -1;
            int weighs = 0;
            for (MediaRange range : ranges) {
                int names = range.names(candidate.type);
                if (names > exactness) {
                    exactness = names;
                    weighs = range.thousandths();
                } else if (names == exactness && names >= 0) {
                    weighs = Math.max(weighs, range.thousandths());
                }
            }
            if (candidate == EVENTS && exactness < 2) {
                continue;
            }
            // A type that is named beats one that a wildcard lets in, and of those JSON is what everybody reads.
            int rank = weighs == 0 ? 0 : weighs * 4 + (exactness == 2 ? 2 : candidate == JSON ? 1 : 0);
            if (rank > weight) {
                best = candidate;
                weight = rank;
            }
        }
        return Optional.ofNullable(best);
    }
}
