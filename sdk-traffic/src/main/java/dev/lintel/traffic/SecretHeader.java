package dev.lintel.traffic;

import dev.lintel.core.SecretRef;
import java.util.Objects;

/**
 * A header with a secret in it, for a service elsewhere.
 *
 * @param name in lower case; not one that frames messages or that the gateway owns
 * @param prefix what stands before the secret, for example {@code "Bearer "}; empty where it is missing
 * @param value where the secret is kept
 */
public record SecretHeader(String name, String prefix, SecretRef value) {
    /** Checks name and prefix. */
    public SecretHeader {
        Objects.requireNonNull(value, "value");
        name = HeaderRules.name(name);
        prefix = prefix == null ? "" : prefix;
        HeaderRules.framing(name, "sent with a secret");
        HeaderRules.value(name, prefix);
    }
}
