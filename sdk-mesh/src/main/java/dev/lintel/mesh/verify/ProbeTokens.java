package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where probes get the tokens that only an issuer can make. What is no token, and what is signed by an unknown key, is made
 * without it.
 */
@FunctionalInterface
public interface ProbeTokens {
    /** There are none: nothing is asked that would take one. */
    ProbeTokens NONE = wish -> Optional.empty();

    /**
     * A token.
     *
     * @param wish what it should say
     * @return empty if there is none of this kind; then it is not asked with one
     */
    Optional<Secret> token(Wish wish);

    /**
     * What a token should say.
     *
     * @param kind what is wrong with it; all else is as a good one has it. {@link ProbeKind#EXPIRED} is over for a minute at
     *     least, {@link ProbeKind#WRONG_AUDIENCE} names none of the audiences, {@link ProbeKind#WRONG_SCOPE} has no scopes and
     *     none of the claims; {@link ProbeKind#FORMER} is a good one by what follows, which is what was asked for before
     * @param api for which it is used, for example {@code orders.shop}
     * @param issuer as it stands in {@code iss}
     * @param audiences of which a good token names at least one; empty if any will do
     * @param scopes that a good token has
     * @param claims that a good token has, with a value that will do
     */
    record Wish(
            ProbeKind kind,
            String api,
            String issuer,
            List<String> audiences,
            List<String> scopes,
            Map<String, String> claims) {
        /** Keeps the order. */
        public Wish {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(api, "api");
            Objects.requireNonNull(issuer, "issuer");
            audiences = List.copyOf(audiences);
            scopes = List.copyOf(scopes);
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        }
    }
}
