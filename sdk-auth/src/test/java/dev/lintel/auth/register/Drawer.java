package dev.lintel.auth.register;

import dev.lintel.core.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sink that keeps what it gets in memory, unless it is full. */
final class Drawer implements SecretSink {
    final Map<String, Secret> secrets = new LinkedHashMap<>();
    boolean full;

    @Override
    public void put(String name, Secret secret) {
        if (full) {
            throw new IllegalStateException("no room for " + secret.reveal());
        }
        secrets.put(name, secret);
    }

    String revealed(String name) {
        return secrets.get(name).reveal();
    }
}
