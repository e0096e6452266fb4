package dev.lintel.judges.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** An oidc-provider that answers. */
public final class Provider implements AutoCloseable {
    private final Child child;
    private final URI issuer;

    Provider(Child child, JsonNode ready) {
        this.child = child.unheard();
        issuer = URI.create(ready.path("issuer").asText());
    }

    public URI issuer() {
        return issuer;
    }

    @Override
    public void close() {
        child.close();
    }
}
