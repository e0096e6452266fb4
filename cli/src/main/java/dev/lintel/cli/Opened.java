package dev.lintel.cli;

import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Target;
import dev.lintel.mesh.target.DirectoryTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * A target in use, with the client that it needs.
 *
 * @param target where objects are
 * @param client to be closed; null if there is none
 */
record Opened(Target target, @Nullable KubernetesClient client) implements AutoCloseable {
    static Opened directory(DirectoryTarget target) {
        return new Opened(target, null);
    }

    static Opened cluster(ClusterTarget target, KubernetesClient client) {
        return new Opened(target, client);
    }

    /**
     * The cluster, for what a directory has not.
     *
     * @throws UsageException if it is a directory
     */
    ClusterTarget cluster() {
        if (target instanceof ClusterTarget cluster) {
            return cluster;
        }
        throw new UsageException("that is asked of a cluster: say --cluster");
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
