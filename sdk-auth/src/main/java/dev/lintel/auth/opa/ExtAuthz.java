package dev.lintel.auth.opa;

import dev.lintel.core.Policy;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server that speaks Envoy's {@code ext_authz} over gRPC about every request that enters by the exposed host: OPA
 * with its Envoy plugin, or any other.
 *
 * <p>It is asked after hygiene and before the token is verified, as in Istio. Where it gives no answer in time, or none that
 * can be understood, the request is refused.
 *
 * @param address where it listens
 * @param timeout how long an answer may take, 1 ms to 1 minute
 * @param failsOpen whether requests go on where it gives no answer
 * @param statusOnError the status where it gives none and {@code failsOpen} is false, 400 to 599
 * @param body how much of the body it is shown; null for none of it
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/ext_authz_filter">Envoy, External
 *     Authorization</a>
 */
public record ExtAuthz(
        URI address,
        Duration timeout,
        boolean failsOpen,
        int statusOnError,
        @Nullable ShownBody body) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "auth.ext-authz/v1";

    /** Checks each of them. */
    public ExtAuthz {
        Asking.grpc(address);
        timeout = Asking.timeout(timeout);
        Asking.status(statusOnError);
    }

    /**
     * Asks a server, a second at most, and refuses with 403 where it gives no answer.
     *
     * @param address {@code grpc://host:port}, or {@code grpcs://host:port} for TLS
     * @return the policy
     */
    public static ExtAuthz extAuthz(String address) {
        return new ExtAuthz(Asking.uri(address), Asking.DEFAULT_TIMEOUT, false, Asking.DEFAULT_STATUS, null);
    }

    /**
     * The same policy with another limit in time.
     *
     * @param limit 1 ms to 1 minute
     * @return a new policy
     */
    public ExtAuthz timeout(Duration limit) {
        return new ExtAuthz(address, limit, failsOpen, statusOnError, body);
    }

    /**
     * The same policy, letting requests go on where there is no answer. Whoever can slow the server down is then let through.
     *
     * @return a new policy
     */
    public ExtAuthz failOpen() {
        return new ExtAuthz(address, timeout, true, statusOnError, body);
    }

    /**
     * The same policy with another status where there is no answer.
     *
     * @param status 400 to 599
     * @return a new policy
     */
    public ExtAuthz statusOnError(int status) {
        return new ExtAuthz(address, timeout, failsOpen, status, body);
    }

    /**
     * The same policy, showing the server the body. A longer one is refused with 413.
     *
     * @param maxBytes 1 byte to 16 MiB
     * @return a new policy
     */
    public ExtAuthz body(int maxBytes) {
        return body(maxBytes, UnaryOperator.identity());
    }

    /**
     * The same policy, showing the server the body.
     *
     * @param maxBytes 1 byte to 16 MiB
     * @param more for example {@code b -> b.allowPartial().packAsBytes()}
     * @return a new policy
     */
    public ExtAuthz body(int maxBytes, UnaryOperator<ShownBody> more) {
        return new ExtAuthz(address, timeout, failsOpen, statusOnError, more.apply(ShownBody.upTo(maxBytes)));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
