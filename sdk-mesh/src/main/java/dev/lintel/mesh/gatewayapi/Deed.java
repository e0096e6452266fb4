package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to some requests.
 *
 * @param backends where they go, with weights; empty where they are answered
 * @param answer what is answered in place of the service; null for nothing
 * @param rewrite what changes the path; null for nothing
 * @param asked what is asked at the gateway; null where the gateway asks nothing
 */
record Deed(
        List<Backend> backends,
        @Nullable Answer answer,
        @Nullable Rewrite rewrite,
        @Nullable Requirement asked) {
    Deed {
        backends = List.copyOf(backends);
    }

    /**
     * A service that gets a share of them.
     *
     * @param service its name
     * @param weight its share
     * @param cookie the value of {@code Set-Cookie} on its answers; null for none
     */
    record Backend(String service, int weight, @Nullable String cookie) {}

    Deed asking(@Nullable Requirement requirement) {
        return new Deed(backends, answer, rewrite, requirement);
    }
}
