package dev.lintel.core.form.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of issuers that definitions say: taking one out makes no token good. */
public final class SaidKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SaidKeys() {}

    /**
     * Whether each of some keys is one of the others.
     *
     * @param some a JSON Web Key Set (RFC 7517, 5), or null where none is said
     * @param others the same
     * @return false where it cannot be told
     */
    public static boolean areAmong(@Nullable String some, @Nullable String others) {
        return some != null && others != null && isWithin(keys(some), keys(others));
    }

    private static boolean isWithin(Set<JsonNode> some, Set<JsonNode> others) {
        return !some.isEmpty() && others.containsAll(some);
    }

    private static Set<JsonNode> keys(String text) {
        Set<JsonNode> keys = new HashSet<>();
        try {
            JSON.readTree(text).path("keys").forEach(keys::add);
        } catch (JsonProcessingException e) {
            return Set.of();
        }
        return keys;
    }
}
