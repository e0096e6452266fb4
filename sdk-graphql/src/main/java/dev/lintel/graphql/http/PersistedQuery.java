package dev.lintel.graphql.http;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code extensions.persistedQuery} says: the hash of a document, which stands beside it or was sent before.
 *
 * @param hash SHA-256, hexadecimal, in lower case
 */
record PersistedQuery(String hash) {
    /** The member of {@code extensions}. */
    static final String MEMBER = "persistedQuery";

    /** Empty if it says nothing. */
    static Optional<PersistedQuery> of(Map<String, @Nullable Object> extensions) throws Refused {
        Object value = extensions.get(MEMBER);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> map)
                || !(map.get("version") instanceof BigInteger version)
                || !(map.get("sha256Hash") instanceof String hash)) {
            throw Refused.malformed(
                    "'extensions.persistedQuery' must have 'version', a number, and 'sha256Hash', a string");
        }
        if (!version.equals(BigInteger.ONE)) {
            throw Refused.malformed("'extensions.persistedQuery' must have version 1");
        }
        String lower = hash.toLowerCase(Locale.ROOT);
        if (!Sha256.is(lower)) {
            throw Refused.malformed("'sha256Hash' must be 64 hexadecimal digits");
        }
        return Optional.of(new PersistedQuery(lower));
    }
}
