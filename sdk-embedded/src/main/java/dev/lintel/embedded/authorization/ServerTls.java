package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server needs to speak TLS.
 *
 * @param certificates PEM, its own first
 * @param key its private key, PEM in PKCS #8
 * @param clientAuthorities who may vouch for certificates of clients, PEM; null if nobody
 */
record ServerTls(String certificates, Secret key, @Nullable String clientAuthorities) {
    ServerTls {
        Objects.requireNonNull(certificates, "certificates");
        Objects.requireNonNull(key, "key");
    }
}
