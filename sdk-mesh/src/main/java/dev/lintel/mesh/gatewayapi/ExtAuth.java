package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * External authorizers in the words of Envoy Gateway: asked by gRPC before the token is judged, with all headers, and about
 * every request that a rule of the route takes. One that gives no answer is answered 403.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#extauth">Envoy Gateway, ExtAuth</a>
 */
final class ExtAuth {
    private static final Pattern SERVICE =
            Pattern.compile("([a-z0-9][-a-z0-9]*)\\.([a-z0-9][-a-z0-9]*)(\\.svc(\\.cluster\\.local)?)?");
    private static final int STATUS = 403;
    /** How long Envoy Gateway waits where nothing is said, and before it could be told. */
    private static final Duration USUAL = Duration.ofSeconds(10);

    private ExtAuth() {}

    static Map<String, Object> write(GatewayApiDialect dialect, ApiModel api, AuthorizerRule rule) {
        Matcher service = SERVICE.matcher(String.valueOf(rule.address().getHost()));
        boolean named = service.matches();
        String namespace = named ? service.group(2) : api.namespace();
        AuthorizerRule.Body body = rule.body();
        Map<String, Object> reference = map(
                "group",
                "",
                "kind",
                "Service",
                "name",
                named ? service.group(1) : "",
                "namespace",
                namespace.equals(api.namespace()) ? null : namespace,
                "port",
                rule.address().getPort());
        return map(
                "grpc",
                map("backendRefs", List.of(reference)),
                "bodyToExtAuth",
                body == null ? null : map("maxRequestBytes", body.maxBytes()),
                "timeout",
                canWait(dialect) ? Durations.write(rule.timeout()) : null,
                "failOpen",
                rule.failOpen(),
                // What it sets in headers may choose another rule, at which then is asked what is asked there.
                "recomputeRoute",
                true);
    }

    /** The inverse; what is not said is as Envoy Gateway has it. */
    static AuthorizerRule read(Manifest policy, Part auth) {
        List<Part> references = new ArrayList<>(auth.part("grpc").parts("backendRefs"));
        String host = "authorizer.invalid";
        Integer port = null;
        for (Part reference : references) {
            reference.only("group", "");
            reference.only("kind", "Service");
            String namespace = reference.text("namespace", policy.namespace());
            host = reference.text("name", "") + "." + namespace + ".svc";
            port = reference.number("port");
            reference.end();
        }
        if (references.size() != 1 || port == null) {
            auth.problem("asks no single service by gRPC");
        }
        String timeout = auth.text("timeout");
        if (timeout != null && Durations.read(timeout).isEmpty()) {
            auth.problem("timeout is no duration: " + timeout);
        }
        boolean open = auth.flag("failOpen");
        Part body = auth.part("bodyToExtAuth");
        Integer most = body.number("maxRequestBytes");
        body.end();
        boolean unusedRoute = auth.flag("recomputeRoute");
        auth.end();
        return new AuthorizerRule(
                AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                URI.create("grpc://" + host + ":" + (port == null ? 443 : port)),
                "",
                timeout == null ? USUAL : Durations.read(timeout).orElse(USUAL),
                open,
                STATUS,
                most == null || most < 1 ? null : new AuthorizerRule.Body(most, false, false),
                Origin.unknown());
    }

    /** Why Envoy Gateway cannot ask an authorizer as it is meant; empty if it can. */
    static List<Problem> refusals(GatewayApiDialect dialect, ApiModel api) {
        AuthorizerRule rule = api.entry().authorizer();
        if (rule == null
                || dialect.extension() != Extension.ENVOY_GATEWAY
                || rule.protocol() == AuthorizerRule.Protocol.OPA_REST) {
            return List.of();
        }
        List<Problem> found = new ArrayList<>();
        if (!"grpc".equals(rule.address().getScheme())) {
            found.add(problem(
                    api,
                    rule,
                    "asks by TLS only where a policy in the authorizer's own namespace says how it is checked, not "
                            + rule.address(),
                    "say grpc://…, and let the network encrypt, or use Istio's own dialect"));
        }
        if (!SERVICE.matcher(String.valueOf(rule.address().getHost())).matches()) {
            found.add(problem(
                    api,
                    rule,
                    "asks services of the cluster, not " + rule.address(),
                    "name a service, as in 'grpc://opa.shop:9191'"));
        }
        if (rule.statusOnError() != STATUS) {
            found.add(problem(
                    api,
                    rule,
                    "answers 403 where the authorizer gives no answer, not " + rule.statusOnError(),
                    "say statusOnError(403), or use Istio's own dialect"));
        }
        if (!canWait(dialect) ? !rule.timeout().equals(USUAL) : !Durations.isWritable(rule.timeout())) {
            found.add(problem(
                    api,
                    rule,
                    canWait(dialect)
                            ? "counts in milliseconds, but the authorizer's time-out is " + rule.timeout()
                            : "waits 10 seconds for an authorizer where Gateway API is " + dialect.version() + ", not "
                                    + rule.timeout(),
                    canWait(dialect) ? "say it in whole milliseconds" : "use Gateway API 1.4, or say 10s"));
        }
        AuthorizerRule.Body body = rule.body();
        if (body != null && (body.allowPartial() || body.packAsBytes())) {
            found.add(problem(
                    api,
                    rule,
                    "shows a body whole and as text, or answers 413",
                    "leave out that a part will do, and that it is shown as bytes"));
        }
        return found;
    }

    /** What must be so for it to be asked; empty where nothing must. */
    static List<Problem> prerequisites(ApiModel api) {
        AuthorizerRule rule = api.entry().authorizer();
        Matcher service = SERVICE.matcher(
                rule == null ? "" : String.valueOf(rule.address().getHost()));
        if (rule == null || !service.matches()) {
            return List.of();
        }
        List<Problem> found = new ArrayList<>();
        found.add(new Problem(
                "gateway-api.authorizer",
                api.id(),
                "the external authorizer " + rule.describe() + " must be there; without it every request is answered "
                        + (rule.failOpen() ? "as if it had allowed it" : "403 or 500"),
                "start it before the routes",
                rule.origin()));
        if (!service.group(2).equals(api.namespace())) {
            found.add(new Problem(
                    "gateway-api.authorizer-grant",
                    api.id(),
                    "a ReferenceGrant in '" + service.group(2) + "' must let SecurityPolicies of '" + api.namespace()
                            + "' name the service '" + service.group(1) + "'",
                    "from: gateway.envoyproxy.io SecurityPolicy in " + api.namespace() + ", to: Service "
                            + service.group(1),
                    rule.origin()));
        }
        return found;
    }

    private static boolean canWait(GatewayApiDialect dialect) {
        return dialect.version().isAtLeast(GatewayApiVersion.V1_4);
    }

    private static Problem problem(ApiModel api, AuthorizerRule rule, String what, String hint) {
        return new Problem("gateway-api.authorizer", api.id(), "Envoy Gateway " + what, hint, rule.origin());
    }
}
