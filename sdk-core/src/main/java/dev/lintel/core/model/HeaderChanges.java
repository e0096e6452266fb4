package dev.lintel.core.model;

import java.util.Map;

/**
 * What is changed in headers, on the way to the service and on the way back: first some are removed, then some are set in
 * place of what is there, then some are added beside it.
 *
 * @param request what is set on the way to the service: names in lower case with their values
 * @param response what is set on the way back
 * @param more what is added and removed
 */
public record HeaderChanges(Map<String, String> request, Map<String, String> response, MoreHeaders more) {
    /** Changes nothing. */
    public static final HeaderChanges NONE = new HeaderChanges(Map.of(), Map.of());

    /** Keeps the order of saying. */
    public HeaderChanges {
        request = Ordered.copy(request);
        response = Ordered.copy(response);
    }

    /**
     * Headers that are set.
     *
     * @param request names in lower case with their values
     * @param response names in lower case with their values
     */
    public HeaderChanges(Map<String, String> request, Map<String, String> response) {
        this(request, response, MoreHeaders.NONE);
    }

    /**
     * Whether there is nothing to do.
     *
     * @return true if no header is changed
     */
    public boolean isEmpty() {
        return request.isEmpty() && response.isEmpty() && more.equals(MoreHeaders.NONE);
    }
}
