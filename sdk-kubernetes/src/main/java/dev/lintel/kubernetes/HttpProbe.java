package dev.lintel.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks with a client of its own: that of the cluster has a token, which is nobody else's business. */
record HttpProbe(URI address, int status, Duration patience) implements TrafficProbe {
    private static final int LEAST = 100;
    private static final int MOST = 599;

    HttpProbe {
        String scheme = String.valueOf(address.getScheme());
        if (!"http".equals(scheme) && !"https".equals(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("'" + address + "' is no address of HTTP with a host");
        }
        if (address.getUserInfo() != null) {
            throw new IllegalArgumentException("the address of a probe holds no user");
        }
        if (status < LEAST || status > MOST) {
            throw new IllegalArgumentException("there is no status " + status);
        }
    }

    @Override
    public Optional<String> ask() {
        Config config = new ConfigBuilder(Config.empty())
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout((int) patience.toMillis())
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            HttpClient http = client.getHttpClient();
            int seen = http.sendAsync(
                            http.newHttpRequestBuilder().uri(address.toString()).build(), byte[].class)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join()
                    .code();
            return seen == status ? Optional.empty() : Optional.of("status " + seen);
        } catch (CompletionException | CancellationException e) {
            return Optional.of("no answer: " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    @Override
    public String toString() {
        return "GET " + address + " with status " + status;
    }
}
