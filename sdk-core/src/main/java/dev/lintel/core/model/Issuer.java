package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens (RFC 8414).
 *
 * @param issuer exactly as it stands in a token's {@code iss}
 * @param jwksUri where its keys are; null means that its metadata tells
 * @param algorithms the signature algorithms that are accepted (RFC 7518), at least one
 * @param origin the line that named it
 */
public record Issuer(String issuer, @Nullable URI jwksUri, List<String> algorithms, Origin origin) {
    /** Checks that there is an algorithm. */
    public Issuer {
        Objects.requireNonNull(issuer, "issuer");
        algorithms = List.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("issuer '" + issuer + "' must accept at least one algorithm");
        }
        origin = Origin.orUnknown(origin);
    }
}
