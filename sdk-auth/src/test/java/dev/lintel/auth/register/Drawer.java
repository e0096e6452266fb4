package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sink that keeps what it gets in memory, unless it is full or broken. */
final class Drawer implements SecretSink {
    final Map<String, Secret> secrets = new LinkedHashMap<>();
    boolean full;
    boolean broken;

    @Override
    public void store(SecretRef ref, Secret secret) throws StoreException {
        if (full) {
            throw new StoreException("the drawer is full");
        }
        if (broken) {
            throw new IllegalStateException("no room for " + secret.reveal());
        }
        secrets.put(ref.toString(), secret);
    }

    String revealed(String id) {
        return secrets.get("shop-team/" + id + "/client_secret").reveal();
    }
}
