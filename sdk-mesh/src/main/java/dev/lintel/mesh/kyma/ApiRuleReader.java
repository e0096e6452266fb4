package dev.lintel.mesh.kyma;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.kyma.Rule.Backend;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of an APIRule of v2 or v2alpha1, which are the same. */
final class ApiRuleReader {
    static final String AUDIENCE = "aud";

    private final Manifest manifest;
    private final Part spec;
    private final Map<String, String> domains;
    private final String domain;
    private final Set<Issuer> issuers = new LinkedHashSet<>();
    private final Set<Set<String>> trusted = new LinkedHashSet<>();

    /**
     * A reader.
     *
     * @param domains by gateway, what is behind a short host
     * @param domain what is behind a short host where the gateway is not known
     */
    ApiRuleReader(Manifest manifest, Map<String, String> domains, String domain, List<Problem> problems) {
        this.manifest = manifest;
        this.spec = new Part(manifest.id(), "spec", manifest.spec(), problems);
        this.domains = domains;
        this.domain = domain;
    }

    /** Empty if the controller would not take it, or it is not known where its requests go. */
    Optional<ApiRule> read() {
        String gateway = spec.text("gateway");
        List<String> hosts = spec.texts("hosts");
        Integer timeout = timeout(spec);
        Backend backend = backend(spec.part("service"));
        cors();
        List<Part> parts = spec.parts("rules");
        List<Rule> rules = new ArrayList<>();
        for (Part part : parts) {
            rule(part, backend, timeout == null ? Rule.USUAL_TIMEOUT : timeout).ifPresent(rules::add);
        }
        if (gateway == null || hosts.size() != 1 || rules.isEmpty()) {
            spec.problem("gateway, one host and a rule with a service are needed");
            return Optional.empty();
        }
        spec.end();
        if (trusted.size() > 1) {
            spec.problem("trusts other issuers at some paths than at others: " + trusted);
        }
        Proof.shadowed(rules)
                .ifPresent(why -> spec.problem(
                        "conflict",
                        why + ", so that the controller refuses the APIRule",
                        "put the narrower path first"));
        String host = hosts.get(0);
        String full = host.indexOf('.') < 0 ? host + "." + domains.getOrDefault(gateway, domain) : host;
        if (full.startsWith("*.")) {
            spec.problem(
                    "wildcard-host",
                    "the host '" + full + "' takes in names of other APIRules, and its rules open their workloads too"
                            + " if they are its own",
                    "name each host");
        }
        return Optional.of(new ApiRule(
                manifest.name(), manifest.namespace(), full, gateway, List.copyOf(issuers), List.of(), rules));
    }

    private void cors() {
        Part cors = spec.part("corsPolicy");
        // Without origins the controller leaves the whole policy out.
        if (cors.has("allowOrigins")) {
            cors.problem(
                    "cors",
                    "preflight requests are answered by the gateway",
                    "let the service answer them itself, with publicPaths(\"OPTIONS /**\") where tokens are asked for;"
                            + " or keep the APIRule beside the definition");
        }
    }

    private @Nullable Backend backend(Part service) {
        String name = service.text("name");
        Integer port = service.number("port");
        String namespace = service.text("namespace");
        service.ignore("external");
        service.end();
        if (name == null || port == null) {
            return null;
        }
        if (namespace != null && !namespace.equals(manifest.namespace())) {
            service.problem(
                    "namespace", "the service is in another namespace: " + namespace, "put the APIRule beside it");
        }
        return new Backend(name, namespace == null ? manifest.namespace() : namespace, port);
    }

    private Optional<Rule> rule(Part part, @Nullable Backend usual, int usualTimeout) {
        String text = String.valueOf(part.text("path"));
        List<String> methods = part.texts("methods");
        Backend own = backend(part.part("service"));
        Integer timeout = timeout(part);
        Requirement requirement = requirement(part);
        Map<String, String> headers = headers(part.part("request"));
        part.end();
        Optional<RulePath> path = RulePath.parse(text);
        if (path.isEmpty() || path.get().patterns().isEmpty()) {
            part.problem(
                    "path",
                    "the path '" + text + "' is not by whole segments",
                    "say it by '{*}' and '{**}' at its end");
            return Optional.empty();
        }
        if (path.get().isExpression()) {
            part.problem(
                    "path-expression",
                    "'" + text + "' is an expression to the gateway, which routes other paths than this one",
                    "use a path without '+', '(', ')' and '$'");
        }
        Backend backend = own == null ? usual : own;
        Set<String> unknown = new TreeSet<>(methods);
        Methods.ALL.forEach(unknown::remove);
        if (backend == null || methods.isEmpty() || !unknown.isEmpty()) {
            part.problem("a service and methods of " + Methods.ALL + " are needed");
            return Optional.empty();
        }
        return Optional.of(
                new Rule(path.get(), methods, requirement, backend, headers, timeout == null ? usualTimeout : timeout));
    }

    /** Seconds, as many as the schema takes; null if they are missing or none. */
    private static @Nullable Integer timeout(Part part) {
        Integer timeout = part.number("timeout");
        if (timeout != null && (timeout < 1 || timeout > Rule.LONGEST_TIMEOUT)) {
            part.problem("timeout is not from 1 to " + Rule.LONGEST_TIMEOUT + " seconds: " + timeout);
            return null;
        }
        return timeout;
    }

    private Requirement requirement(Part part) {
        boolean open = part.flag("noAuth");
        if (part.has("jwt")) {
            return jwt(part.part("jwt"));
        }
        if (part.has("extAuth")) {
            Part external = part.part("extAuth");
            external.problem(
                    "ext-auth",
                    "of API " + manifest.name() + "." + manifest.namespace() + " asks "
                            + external.texts("authorizers")
                            + ", which are in none of the objects: what they are asked about is closed until"
                            + " withAuthorizer(...) is said",
                    "say withAuthorizer(extAuthz(...)) with the address that the mesh has for it, and leave out what"
                            + " refuses these requests");
            Requirement unusedMore =
                    external.has("restrictions") ? jwt(external.part("restrictions")) : Requirement.PUBLIC;
            external.end();
            return Requirement.DENIED;
        }
        if (!open) {
            part.problem("noAuth, jwt or extAuth must be said");
        }
        return open ? Requirement.PUBLIC : Requirement.DENIED;
    }

    private Requirement jwt(Part jwt) {
        Set<String> trusts = new TreeSet<>();
        for (Part each : jwt.parts("authentications")) {
            String issuer = each.text("issuer");
            String keys = each.text("jwksUri");
            List<Part> places = each.parts("fromHeaders");
            // Without a place Istio looks for a token in the query, too.
            boolean bearer = !places.isEmpty();
            for (Part place : places) {
                String header = place.text("name");
                String prefix = place.text("prefix");
                bearer &= "Authorization".equals(header) && "Bearer ".equals(prefix);
                place.end();
            }
            if (each.has("fromParams") || !bearer) {
                each.problem(
                        "unread",
                        "takes tokens from elsewhere than 'Authorization: Bearer', as from the query",
                        "say fromHeaders: [{name: Authorization, prefix: \"Bearer \"}], so that tokens are looked for nowhere"
                                + " else");
                each.ignore("fromParams");
            }
            each.end();
            if (issuer != null) {
                trusts.add(issuer);
                issuers.add(new Issuer(issuer, uri(each, keys), List.of("any"), Origin.unknown()));
            }
        }
        List<Grant> grants = new ArrayList<>();
        trusted.add(trusts);
        for (Part each : jwt.parts("authorizations")) {
            List<Grant.ClaimRule> audiences = new ArrayList<>();
            List<String> scopes = each.texts("requiredScopes");
            each.texts("audiences")
                    .forEach(audience -> audiences.add(new Grant.ClaimRule(AUDIENCE, List.of(audience))));
            grants.add(new Grant(scopes, audiences));
            each.end();
        }
        jwt.end();
        return grants.isEmpty() ? Requirement.TOKEN : Controller.any(grants);
    }

    private static @Nullable URI uri(Part part, @Nullable String text) {
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            part.problem("jwksUri is no address: " + text);
            return null;
        }
    }

    private static Map<String, String> headers(Part request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.pairs("headers").forEach((name, value) -> {
            if (value.replace("%%", "").indexOf('%') >= 0) {
                request.problem("sets " + name + " to what Envoy computes: " + value);
            }
            headers.put(name.toLowerCase(Locale.ROOT), value.replace("%%", "%"));
        });
        Map<String, String> cookies = request.pairs("cookies");
        if (!cookies.isEmpty()) {
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.length() == 0 ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            headers.put("cookie", all.toString());
        }
        request.end();
        return headers;
    }
}
