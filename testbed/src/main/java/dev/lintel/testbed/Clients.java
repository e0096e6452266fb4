package dev.lintel.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Clients of a cluster with the rights of its administrator. */
public final class Clients {
    private Clients() {}

    /** One that is to be closed. */
    public static KubernetesClient of(Cluster cluster) {
        return builder(cluster).build();
    }

    static KubernetesClientBuilder builder(Cluster cluster) {
        return new KubernetesClientBuilder().withConfig(config(cluster));
    }

    static Config config(Cluster cluster) {
        try {
            return Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
