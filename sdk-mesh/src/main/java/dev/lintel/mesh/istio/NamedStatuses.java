package dev.lintel.mesh.istio;

import java.util.Set;

/**
 * The statuses that Istio knows by name.
 *
 * @see <a href="https://www.iana.org/assignments/http-status-codes/http-status-codes.xhtml">IANA, HTTP status codes</a>
 */
final class NamedStatuses {
    private static final Set<Integer> CLIENT = Set.of(421, 422, 423, 424, 425, 426, 428, 429, 431, 451);

    private static final Set<Integer> SERVER = Set.of(500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);

    private NamedStatuses() {}

    static boolean isNamed(int status) {
        return status >= 400 && status <= 418
                || CLIENT.contains(status)
                || SERVER.contains(status)
                || status >= 300 && status <= 308 && status != 306
                || status >= 200 && status <= 208
                || status == 226;
    }
}
