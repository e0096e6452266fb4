package dev.lintel.core.model;

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
     * @param subject the verified token's {@code sub}; null without a token
     */
    record Call(
            String api,
            String method,
            String path,
            @Nullable String subject) {}

    /**
     * Why a call may not go on.
     *
     * @param status 400 to 599
     * @param reason for people, without secrets
     */
    record Refusal(int status, String reason) {
        /** Checks the status. */
        public Refusal {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("a guard refuses with a status of 400 to 599, but was " + status);
            }
        }
    }
}
