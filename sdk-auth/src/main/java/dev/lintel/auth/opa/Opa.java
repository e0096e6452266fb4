package dev.lintel.auth.opa;

import dev.lintel.core.Policy;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks an OPA about every request that enters by the exposed host, over its REST data API, with the input document of
 * OPA's Envoy plugin.
 *
 * <p>OPA is asked after hygiene and <em>before</em> the token is verified, as in Istio: what its policy reads of a token is
 * what the caller claims, unless the policy verifies it itself. Where OPA gives no answer in time, or none that can be
 * understood, the request is refused.
 *
 * @param address where OPA listens
 * @param decision the path of the decision, for example {@code envoy/authz/allow}
 * @param timeout how long an answer may take, 1 ms to 1 minute
 * @param failsOpen whether requests go on where OPA gives no answer
 * @param statusOnError the status where it gives none and {@code failsOpen} is false, 400 to 599
 * @param body how much of the body it is shown; null for none of it
 * @see <a href="https://www.openpolicyagent.org/docs/envoy">OPA, Envoy</a>
 */
public record Opa(
        URI address,
        String decision,
        Duration timeout,
        boolean failsOpen,
        int statusOnError,
        @Nullable ShownBody body) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "auth.opa/v1";

    /** The decision that OPA's Envoy plugin asks for unless another one is said. */
    public static final String DEFAULT_DECISION = "envoy/authz/allow";

    /** Checks each of them. */
    public Opa {
        Asking.http(address);
        decision = decision == null ? DEFAULT_DECISION : Asking.decision(decision);
        timeout = Asking.timeout(timeout);
        Asking.status(statusOnError);
    }

    /**
     * Asks an OPA for {@link #DEFAULT_DECISION}, a second at most, and refuses with 403 where it gives no answer.
     *
     * @param address {@code http://host:port} or {@code https://host:port}
     * @return the policy
     */
    public static Opa opa(String address) {
        return new Opa(
                Asking.uri(address), DEFAULT_DECISION, Asking.DEFAULT_TIMEOUT, false, Asking.DEFAULT_STATUS, null);
    }

    /**
     * The same policy, asking for another decision.
     *
     * @param path the decision's path below {@code /v1/data}, for example {@code orders/authz/result}
     * @return a new policy
     */
    public Opa decision(String path) {
        return new Opa(address, path, timeout, failsOpen, statusOnError, body);
    }

    /**
     * The same policy with another limit in time.
     *
     * @param limit 1 ms to 1 minute
     * @return a new policy
     */
    public Opa timeout(Duration limit) {
        return new Opa(address, decision, limit, failsOpen, statusOnError, body);
    }

    /**
     * The same policy, letting requests go on where OPA gives no answer. Whoever can slow OPA down is then let through.
     *
     * @return a new policy
     */
    public Opa failOpen() {
        return new Opa(address, decision, timeout, true, statusOnError, body);
    }

    /**
     * The same policy with another status where OPA gives no answer.
     *
     * @param status 400 to 599
     * @return a new policy
     */
    public Opa statusOnError(int status) {
        return new Opa(address, decision, timeout, failsOpen, status, body);
    }

    /**
     * The same policy, showing OPA the body. A longer one is refused with 413.
     *
     * @param maxBytes 1 byte to 16 MiB
     * @return a new policy
     */
    public Opa body(int maxBytes) {
        return body(maxBytes, UnaryOperator.identity());
    }

    /**
     * The same policy, showing OPA the body.
     *
     * @param maxBytes 1 byte to 16 MiB
     * @param more for example {@code b -> b.allowPartial().packAsBytes()}
     * @return a new policy
     */
    public Opa body(int maxBytes, UnaryOperator<ShownBody> more) {
        return new Opa(address, decision, timeout, failsOpen, statusOnError, more.apply(ShownBody.upTo(maxBytes)));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
