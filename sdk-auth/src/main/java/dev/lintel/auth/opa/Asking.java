package dev.lintel.auth.opa;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.net.Urls;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.core.spi.ApiDraft;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all external authorizers have in common: the checks of what is said about them, and the rule that it becomes. */
final class Asking {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
    static final int DEFAULT_STATUS = 403;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Pattern DECISION = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final int DECISION_LENGTH = 256;

    private Asking() {}

    static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // What is no URI may hold a password, so it is not quoted.
            throw new IllegalArgumentException("an authorizer's address must be a URI");
        }
    }

    static void http(URI address) {
        address(address, List.of("http", "https"), "http://127.0.0.1:8181");
    }

    static void grpc(URI address) {
        address(address, List.of("grpc", "grpcs"), "grpc://127.0.0.1:9191");
    }

    private static void address(URI address, List<String> schemes, String example) {
        Objects.requireNonNull(address, "address");
        if (address.getRawAuthority() != null && address.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException("an authorizer's address must not carry a user or a password");
        }
        boolean whole = address.getScheme() != null
                && schemes.contains(address.getScheme())
                && address.getHost() != null
                && address.getPort() > 0
                && address.getPort() <= 65535;
        boolean bare =
                "".equals(address.getRawPath()) && address.getRawQuery() == null && address.getRawFragment() == null;
        if (!whole || !bare) {
            throw new IllegalArgumentException("an authorizer's address must be " + String.join(" or ", schemes)
                    + ", a host and a port, without path and query, as in '" + example + "', but was '" + address
                    + "'");
        }
    }

    static String decision(String path) {
        boolean dots = List.of(path.split("/", -1)).stream().anyMatch(part -> part.equals(".") || part.equals(".."));
        if (path.length() > DECISION_LENGTH || dots || !DECISION.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "a decision must be names of letters, digits, '_', '-' and '.', joined by"
                            + " '/', as in 'envoy/authz/allow', but was '" + path + "'");
        }
        return path;
    }

    static Duration timeout(Duration limit) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an authorizer's time-out must be 1 ms to 1 minute, but was " + limit + ": requests wait for it");
        }
        return limit;
    }

    @CanIgnoreReturnValue
    static int status(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "the status where an authorizer gives no answer must be 400 to 599, but was " + status);
        }
        return status;
    }

    static AuthorizerRule rule(Opa policy, ApiDraft draft) {
        return new AuthorizerRule(
                Protocol.OPA_REST,
                policy.address(),
                policy.decision(),
                policy.timeout(),
                policy.failsOpen(),
                policy.statusOnError(),
                body(policy.body()),
                draft.origin());
    }

    static AuthorizerRule rule(ExtAuthz policy, ApiDraft draft) {
        return new AuthorizerRule(
                Protocol.EXT_AUTHZ_GRPC,
                policy.address(),
                "",
                policy.timeout(),
                policy.failsOpen(),
                policy.statusOnError(),
                body(policy.body()),
                draft.origin());
    }

    private static AuthorizerRule.@Nullable Body body(@Nullable ShownBody shown) {
        return shown == null ? null : new AuthorizerRule.Body(shown.maxBytes(), shown.partial(), shown.asBytes());
    }

    static void write(AuthorizerRule rule, ApiDraft draft) {
        URI address = rule.address();
        if (rule.failOpen()) {
            draft.warning(
                    "authorizer.fail-open",
                    "requests go on where " + rule.describe() + " gives no answer",
                    "whoever can slow it down is let through; leave failOpen() out unless something else decides");
        }
        if (List.of("http", "grpc").contains(address.getScheme()) && !Urls.isLoopback(address.getHost())) {
            draft.warning(
                    "authorizer.clear",
                    rule.describe() + " is asked in clear, tokens and all",
                    rule.protocol() == Protocol.OPA_REST
                            ? "make sure that the mesh encrypts it, or say an https address"
                            : "make sure that the mesh encrypts it, or say a grpcs address");
        }
        draft.authorizer(rule);
    }
}
