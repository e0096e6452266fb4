package dev.lintel.core.model;

import java.util.List;
import java.util.Map;

/**
 * Headers that are added beside what is there, and headers that are removed. Names are in lower case.
 *
 * @param addToRequest on the way to the service
 * @param addToResponse on the way back
 * @param removeFromRequest on the way to the service
 * @param removeFromResponse on the way back
 */
public record MoreHeaders(
        Map<String, String> addToRequest,
        Map<String, String> addToResponse,
        List<String> removeFromRequest,
        List<String> removeFromResponse) {
    /** Nothing. */
    public static final MoreHeaders NONE = new MoreHeaders(Map.of(), Map.of(), List.of(), List.of());

    /** Keeps the order of saying. */
    public MoreHeaders {
        addToRequest = Ordered.copy(addToRequest);
        addToResponse = Ordered.copy(addToResponse);
        removeFromRequest = List.copyOf(removeFromRequest);
        removeFromResponse = List.copyOf(removeFromResponse);
    }
}
