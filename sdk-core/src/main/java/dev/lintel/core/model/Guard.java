package dev.lintel.core.model;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The living part of a {@link GuardRule}; it must not block and is called by many threads at once. */
@FunctionalInterface
public interface Guard {
    /**
     * Asks whether a call may go on.
     *
     * @param call who calls what
     * @return null to let it go on
     */
    @Nullable
    Refusal check(Call call);

    /**
     * Who calls what, as far as a guard may know it.
     *
     * @param api the API's id
     * @param method the request's method
     * @param path the path in normal form
     * @param issuer the verified token's {@code iss}; null without a token
     * @param subject the verified token's {@code sub}; null without a token, or if it has none
     * @param claims all claims of the verified token; empty without a token
     * @param address the IPv4 or IPv6 address that the request comes from; null if it is not known
     */
    record Call(
            String api,
            String method,
            String path,
            @Nullable String issuer,
            @Nullable String subject,
            Map<String, Object> claims,
            @Nullable String address) {}

    /**
     * Why a call may not go on.
     *
     * @param status 400 to 599
     * @param reason for people, without secrets
     * @param retryAfter after how long it is worth trying again, answered as {@code Retry-After} (RFC 9110, 10.2.3); null
     *     says nothing about that
     */
    record Refusal(int status, String reason, @Nullable Duration retryAfter) {
        /** Checks the status and the time. */
        public Refusal {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("a guard refuses with a status of 400 to 599, but was " + status);
            }
            if (retryAfter != null && retryAfter.isNegative()) {
                throw new IllegalArgumentException(
                        "a guard cannot ask to try again in the past, but was " + retryAfter);
            }
        }

        /**
         * A refusal that does not say when to try again.
         *
         * @param status 400 to 599
         * @param reason for people, without secrets
         */
        public Refusal(int status, String reason) {
            this(status, reason, null);
        }
    }
}
