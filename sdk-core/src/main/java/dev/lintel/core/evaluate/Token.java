package dev.lintel.core.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of the token that a request presented. Never holds the token itself. */
public sealed interface Token {
    /** No token was presented. */
    Token NONE = new None();

    /** No token was presented. */
    record None() implements Token {}

    /**
     * A token that is no good: forged, expired, from an issuer that is not trusted here.
     *
     * @param reason for people, without the token
     */
    record Rejected(String reason) implements Token {}

    /**
     * A token that could not be judged, because the issuer's keys could not be had.
     *
     * @param reason for people, without the token
     */
    record Unverifiable(String reason) implements Token {}

    /**
     * A token whose signature and times are good.
     *
     * @param issuer its {@code iss}
     * @param subject its {@code sub}; null if it has none
     * @param audiences its {@code aud}
     * @param scopes its {@code scope}, taken apart
     * @param claims all its claims: strings, numbers, booleans, lists and maps of these
     */
    record Verified(
            String issuer,
            @Nullable String subject,
            List<String> audiences,
            List<String> scopes,
            Map<String, Object> claims)
            implements Token {
        /** Keeps the lists and the claims unchangeable. */
        public Verified {
            audiences = List.copyOf(audiences);
            scopes = List.copyOf(scopes);
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        }

        /**
         * A token with scopes and an audience, as tests need it.
         *
         * @param issuer its {@code iss}
         * @param subject its {@code sub}
         * @param audience its one {@code aud}
         * @param scopes its scopes
         * @return the token
         */
        public static Verified of(String issuer, String subject, String audience, String... scopes) {
            return new Verified(issuer, subject, List.of(audience), List.of(scopes), Map.of());
        }
    }
}
