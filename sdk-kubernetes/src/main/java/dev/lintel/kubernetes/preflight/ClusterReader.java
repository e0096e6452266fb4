package dev.lintel.kubernetes.preflight;

import java.util.List;
import java.util.Map;

/** Reads documents of a cluster, side by side; a preflight asks nothing else of it. */
public interface ClusterReader {
    /**
     * Reads.
     *
     * @param paths with their queries, for example {@code /api/v1/namespaces}
     * @return the answers in the order of the paths
     * @throws RuntimeException if the cluster gives no answer
     */
    List<Got> get(List<String> paths);

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param document what was read; empty if it was not
     */
    record Got(int status, Map<?, ?> document) {
        private static final int OK = 200;
        private static final int FORBIDDEN = 403;
        private static final int NOT_FOUND = 404;

        /** Whether there is a document. */
        boolean isThere() {
            return status == OK;
        }

        boolean isMissing() {
            return status == NOT_FOUND;
        }

        boolean isForbidden() {
            return status == FORBIDDEN;
        }
    }
}
