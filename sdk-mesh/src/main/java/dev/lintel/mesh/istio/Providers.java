package dev.lintel.mesh.istio;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.mesh.ObjectNames;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How external authorizers are described: in the configuration of the mesh, which is not ours to write, so that the plan
 * says what must stand there; and in an annotation, so that reading an object tells who is asked.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-EnvoyExternalAuthorizationGrpcProvider">Istio,
 *     EnvoyExternalAuthorizationGrpcProvider</a>
 */
final class Providers {
    private static final Pattern TEXT = Pattern.compile("(grpcs?://[^ /]{1,300}) timeout=(\\S{1,20})"
            + " failOpen=(true|false) status=([1-5][0-9]{2})(?: body=([1-9][0-9]{0,8})( partial)?( bytes)?)?");

    private Providers() {}

    /** The name of a provider: equal authorizers are one. */
    static String name(AuthorizerRule rule) {
        String host = String.valueOf(rule.address().getHost());
        String label = host.replaceAll("[^a-z0-9]+", "-");
        String shown = label.substring(0, Math.min(label.length(), 40));
        return "lintel-" + shown + "-" + ObjectNames.hash(write(rule));
    }

    /** The host of its service as a mesh knows it; {@code name.namespace} is a service of the cluster. */
    static String service(AuthorizerRule rule) {
        String host = String.valueOf(rule.address().getHost());
        int dots = (int) host.chars().filter(c -> c == '.').count();
        return dots == 1
                ? host + ".svc.cluster.local"
                : dots == 2 && host.endsWith(".svc") ? host + ".cluster.local" : host;
    }

    /** What must stand in the configuration of the mesh, indented by some spaces. */
    static String snippet(AuthorizerRule rule, String indent) {
        AuthorizerRule.Body body = rule.body();
        StringBuilder out = new StringBuilder();
        String[] lines = {
            "meshConfig:",
            "  extensionProviders:",
            "    - name: " + name(rule),
            "      envoyExtAuthzGrpc:",
            "        service: " + service(rule),
            "        port: " + rule.address().getPort(),
            "        timeout: " + Retries.seconds(rule.timeout()),
            "        failOpen: " + rule.failOpen(),
            "        statusOnError: \"" + rule.statusOnError() + "\"",
            "        clearRouteCache: true",
        };
        for (String line : lines) {
            out.append('\n').append(indent).append(line);
        }
        if (body != null) {
            String more = "\n" + indent + "        ";
            out.append(more).append("includeRequestBodyInCheck:");
            out.append(more).append("  maxRequestBytes: ").append(body.maxBytes());
            out.append(more).append("  allowPartialMessage: ").append(body.allowPartial());
            out.append(more).append("  packAsBytes: ").append(body.packAsBytes());
        }
        return out.toString();
    }

    /** What is written of an authorizer beside the policy that asks it. */
    static String write(AuthorizerRule rule) {
        AuthorizerRule.Body body = rule.body();
        String shown = body == null
                ? ""
                : " body=" + body.maxBytes() + (body.allowPartial() ? " partial" : "")
                        + (body.packAsBytes() ? " bytes" : "");
        return rule.address() + " timeout=" + Durations.write(rule.timeout()) + " failOpen=" + rule.failOpen()
                + " status=" + rule.statusOnError() + shown;
    }

    /** The inverse of {@link #write}; empty if it says something else. */
    static Optional<AuthorizerRule> read(@Nullable String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String most = parts.group(5);
            AuthorizerRule.Body body = most == null
                    ? null
                    : new AuthorizerRule.Body(Integer.parseInt(most), parts.group(6) != null, parts.group(7) != null);
            return Optional.of(rule(
                    URI.create(parts.group(1)),
                    Durations.parse(parts.group(2)),
                    parts.group(3).equals("true"),
                    Integer.parseInt(parts.group(4)),
                    body));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An authorizer of which only that it is asked is known; whatever it does not say is refused. */
    static AuthorizerRule unknown() {
        return rule(URI.create("grpc://provider.invalid:443"), Duration.ofMinutes(10), false, 403, null);
    }

    private static AuthorizerRule rule(
            URI address, Duration timeout, boolean failOpen, int status, AuthorizerRule.@Nullable Body body) {
        return new AuthorizerRule(
                AuthorizerRule.Protocol.EXT_AUTHZ_GRPC, address, "", timeout, failOpen, status, body, Origin.unknown());
    }
}
