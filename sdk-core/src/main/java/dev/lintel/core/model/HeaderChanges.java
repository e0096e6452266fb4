package dev.lintel.core.model;

import java.util.Map;

/**
 * Headers that are set on the way to the service and on the way back; a header that is there already is replaced.
 *
 * @param request names in lower case with their values
 * @param response names in lower case with their values
 */
public record HeaderChanges(Map<String, String> request, Map<String, String> response) {
    /** Changes nothing. */
    public static final HeaderChanges NONE = new HeaderChanges(Map.of(), Map.of());

    /** Keeps the order of saying. */
    public HeaderChanges {
        request = Ordered.copy(request);
        response = Ordered.copy(response);
    }

    /**
     * Whether there is nothing to do.
     *
     * @return true if no header is set
     */
    public boolean isEmpty() {
        return request.isEmpty() && response.isEmpty();
    }
}
