package dev.lintel.core.evaluate;

import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Route;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model's answer to one request. */
public sealed interface Decision {
    /**
     * The API that the request is for.
     *
     * @return null if the host is unknown or the request is no good
     */
    @Nullable
    ApiModel api();

    /**
     * The rule that governs access.
     *
     * @return null if none does
     */
    @Nullable
    AccessRule access();

    /**
     * The request goes on to the service.
     *
     * @param api the API
     * @param access the rule that let it through; null where no access policy was said
     * @param route the route it takes; null for a call inside the mesh
     * @param version the version it goes to; null for any workload of the service
     * @param path the path in normal form, as the client asked for it
     * @param forwardPath the path that the service gets
     * @param remember whether the version is to be remembered in the split's cookie
     * @param mirrors the versions that get a copy; empty for none
     * @param delay how long it is held up on purpose; null not at all
     */
    record Forward(
            ApiModel api,
            @Nullable AccessRule access,
            @Nullable Route route,
            @Nullable String version,
            String path,
            String forwardPath,
            boolean remember,
            List<String> mirrors,
            @Nullable Duration delay)
            implements Decision {
        @Override
        public String toString() {
            return "forward to " + api.id() + (version == null ? "" : " " + version) + " " + forwardPath;
        }
    }

    /**
     * The request is answered in place of the service: redirected, answered directly, or by a fault made on purpose.
     *
     * @param api the API
     * @param access the rule that let it through; null where no access policy was said
     * @param status the answer's status
     * @param location the value of {@code Location}; null for none
     * @param contentType the body's media type; empty without a body
     * @param body the body
     * @param fault whether it is a fault made on purpose
     * @param delay how long it is held up on purpose; null not at all
     */
    record Reply(
            ApiModel api,
            @Nullable AccessRule access,
            int status,
            @Nullable String location,
            String contentType,
            String body,
            boolean fault,
            @Nullable Duration delay)
            implements Decision {
        /** Without the query of the location, because secrets travel in queries. */
        @Override
        public String toString() {
            return "answer with " + status + (location == null ? "" : " to " + target())
                    + (fault ? ", on purpose" : "");
        }

        private String target() {
            String all = String.valueOf(location);
            int query = all.indexOf('?');
            return query < 0 ? all : all.substring(0, query) + "?[redacted]";
        }
    }

    /**
     * The request is answered by the login: the browser is sent to the provider because a token is needed, or the request
     * is for one of the login's own endpoints.
     *
     * @param api the API
     * @param access the rule that needs a token; null for the login's own endpoints
     * @param step what the login does
     */
    record Login(ApiModel api, @Nullable AccessRule access, LoginRule.Step step) implements Decision {
        @Override
        public String toString() {
            return step == LoginRule.Step.NEEDED ? "log in first" : "answer by the login, " + step;
        }
    }

    /**
     * The request is refused.
     *
     * @param status the answer's status
     * @param reason why
     * @param detail for people, without secrets
     * @param challenge the value of {@code WWW-Authenticate}; null if the answer carries none
     * @param retryAfter the time that {@code Retry-After} tells; null if the answer carries none
     * @param api the API; null if the host is unknown or the request is no good
     * @param access the rule that refused it; null if none did
     */
    record Refuse(
            int status,
            Reason reason,
            String detail,
            @Nullable String challenge,
            @Nullable Duration retryAfter,
            @Nullable ApiModel api,
            @Nullable AccessRule access)
            implements Decision {
        /**
         * A refusal that does not say when to try again.
         *
         * @param status the answer's status
         * @param reason why
         * @param detail for people, without secrets
         * @param challenge the value of {@code WWW-Authenticate}; null if the answer carries none
         * @param api the API; null if the host is unknown or the request is no good
         * @param access the rule that refused it; null if none did
         */
        public Refuse(
                int status,
                Reason reason,
                String detail,
                @Nullable String challenge,
                @Nullable ApiModel api,
                @Nullable AccessRule access) {
            this(status, reason, detail, challenge, null, api, access);
        }

        @Override
        public String toString() {
            return "refuse with " + status + " " + reason + ": " + detail;
        }
    }
}
