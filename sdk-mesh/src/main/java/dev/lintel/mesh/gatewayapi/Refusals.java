package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What this dialect cannot say of what it can say in general, each with the nearest thing that it can. */
final class Refusals {
    private static final Set<String> METHODS =
            new TreeSet<>(List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"));
    private static final int MOST_HEADERS = 16;
    private static final int LONGEST_PATH = 1024;

    private final GatewayApiDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    Refusals(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    List<Problem> find() {
        api.entry().routes().forEach(this::route);
        FrontRule front = api.front();
        if (front != null) {
            refuse(
                    "front",
                    "is served by Lintel itself, and an HTTPRoute has nothing by which the proxy knows whose tokens were"
                            + " checked",
                    "use Istio's own dialect with frontImage(…), or serve the API by an embedded gateway",
                    front.origin());
        }
        for (AccessRule rule : api.entry().access().rules()) {
            if (dialect.extension() == Extension.ENVOY_GATEWAY) {
                methods(rule.endpoint().methods(), rule.origin());
            }
            if (dialect.extension() == Extension.ISTIO) {
                spelling(rule.endpoint().path(), rule.origin());
            }
        }
        if (api.entry().hosts().size() > MOST_HEADERS) {
            refuse(
                    "many-hosts",
                    "has " + api.entry().hosts().size() + " hosts, but an HTTPRoute has at most " + MOST_HEADERS,
                    "say fewer hosts",
                    api.origin());
        }
        headers(api.entry().headers());
        versions();
        cookies();
        balance();
        keys();
        return found;
    }

    /** What Istio's own dialect answers 400 at the gateway, an HTTPRoute lets through. */
    private void spelling(PathPattern path, Origin origin) {
        if (Paths.hasTemplate(path)) {
            refuse(
                    "template-access",
                    "asks for access at '" + path
                            + "', but Istio behind an HTTPRoute does not refuse a path with '*' in the place of the"
                            + " braces, which would fall to a wider rule",
                    "ask at a path without braces, or use Istio's own dialect or Envoy Gateway",
                    origin);
        }
        if (path.toString().indexOf('%') >= 0) {
            refuse(
                    "escape-access",
                    "asks for access at '" + path
                            + "', but Istio behind an HTTPRoute does not refuse the same path with an escape in lower case,"
                            + " which would fall to a wider rule",
                    "ask at a path of ASCII, or use Istio's own dialect or Envoy Gateway",
                    origin);
        }
    }

    private void route(Route route) {
        methods(route.match().endpoint().methods(), route.origin());
        if (!route.match().endpoint().methods().isEmpty()) {
            needs(Features.METHOD, "tells '" + route.match() + "' apart by its method", route.origin());
        }
        if (!route.match().query().isEmpty()) {
            needs(Features.QUERY, "tells '" + route.match() + "' apart by its query", route.origin());
        }
        Set<String> values = new LinkedHashSet<>(route.match().headers().values());
        values.addAll(route.match().query().values());
        if (values.contains("")) {
            refuse(
                    "empty-value",
                    "asks for an empty value, as '" + route.match() + "' does",
                    "ask for a value",
                    route.origin());
        }
        if (route.match().headers().size() > MOST_HEADERS
                || route.match().query().size() > MOST_HEADERS) {
            refuse(
                    "many-conditions",
                    "asks for more than " + MOST_HEADERS + " headers or parameters in '" + route.match() + "'",
                    "ask for fewer",
                    route.origin());
        }
        path(route.match().endpoint().path(), route.origin());
        if (route.answer() instanceof Answer.Redirect to) {
            redirect(route, to);
        }
    }

    private void redirect(Route route, Answer.Redirect to) {
        if (to.port() != null) {
            needs(Features.REDIRECT_PORT, "redirects to a port", route.origin());
        }
        if (to.scheme() != null) {
            needs(Features.REDIRECT_SCHEME, "redirects to a scheme", route.origin());
        }
        // Where not even 308 is there, the table of capabilities has refused it.
        if (to.status() != 301 && to.status() != 302 && dialect.supports(Features.redirectStatus(308))) {
            needs(Features.redirectStatus(to.status()), "redirects with the status " + to.status(), route.origin());
        }
        boolean back =
                to.path() == null && (to.host() == null || api.entry().hosts().contains(to.host()));
        if (back) {
            refuse(
                    "redirect",
                    "redirects '" + route.match() + "' also where callers have already followed, in circles",
                    "say a path or another host",
                    route.origin());
        }
    }

    private void path(PathPattern path, Origin origin) {
        if (path.toString().length() >= LONGEST_PATH) {
            refuse(
                    "long-path",
                    "has a path of more than " + LONGEST_PATH + " characters",
                    "use a shorter path",
                    origin);
        }
    }

    private void methods(List<String> methods, Origin origin) {
        for (String method : methods) {
            if (!METHODS.contains(method)) {
                refuse(
                        "method",
                        "names the method " + method + ", which no match of Gateway API knows",
                        "name one of " + METHODS,
                        origin);
            }
        }
    }

    private void headers(HeaderChanges changes) {
        boolean response = !changes.response().isEmpty()
                || !changes.more().addToResponse().isEmpty()
                || !changes.more().removeFromResponse().isEmpty();
        if (response) {
            needs(Features.RESPONSE_HEADERS, "changes headers of responses", api.origin());
        }
        List<Map<String, String>> all = List.of(
                changes.request(),
                changes.response(),
                changes.more().addToRequest(),
                changes.more().addToResponse());
        boolean percent = all.stream().anyMatch(map -> map.values().stream().anyMatch(value -> value.contains("%")));
        if (percent && dialect.extension() == Extension.NONE) {
            refuse(
                    "header-percent",
                    "sets a header with '%', which some implementations take for the beginning of a command",
                    "name an extension, or say the value without '%'",
                    api.origin());
        }
        for (Map<String, String> map : all) {
            if (map.size() > MOST_HEADERS || map.containsValue("")) {
                refuse(
                        "headers",
                        "sets more than " + MOST_HEADERS + " headers, or one to nothing",
                        "set fewer, or remove those that are to be nothing",
                        api.origin());
            }
        }
    }

    private void versions() {
        Service service = api.service();
        Set<String> used = new LinkedHashSet<>();
        api.entry().routes().forEach(route -> used.add(String.valueOf(route.version())));
        service.traffic().choices().stream().map(Choice::version).forEach(used::add);
        service.traffic().mirrors().stream().map(MirrorRule::version).forEach(used::add);
        SplitRule split = service.split();
        if (split != null) {
            split.shares().stream()
                    .filter(share -> share.weight() > 0)
                    .map(SplitRule.Share::version)
                    .forEach(used::add);
        }
        List<Version> unserved = service.versions().stream()
                .filter(version -> version.service() == null && used.contains(version.name()))
                .toList();
        if (!unserved.isEmpty()) {
            unserved(unserved, split == null ? api.origin() : split.origin());
        }
        List<MirrorRule> mirrors = service.traffic().mirrors();
        if (mirrors.size() > 1) {
            needs(
                    Features.MIRRORS,
                    "copies calls to several versions",
                    mirrors.get(0).origin());
        }
    }

    /** A subset by labels is a word of a VirtualService; nobody but the owner of a Service knows the ports of another one. */
    private void unserved(List<Version> versions, Origin origin) {
        String name = api.service().name();
        refuse(
                "version-labels",
                "has " + (versions.size() == 1 ? "a version that is" : "versions that are") + " told by labels only, "
                        + versions.stream()
                                .map(one -> "'" + one.name() + "' by " + one.labels())
                                .collect(Collectors.joining(" and "))
                        + ", but routes of Gateway API lead to Services, and each version needs one of its own",
                "make a Service for each, with these labels in its selector, and name it: "
                        + versions.stream()
                                .map(one ->
                                        "versionByService(\"" + one.name() + "\", \"" + name + "-" + one.name() + "\")")
                                .collect(Collectors.joining("."))
                        + "; or use Istio's own dialect",
                origin);
    }

    private void cookies() {
        for (Choice choice : api.service().traffic().choices()) {
            boolean cookie = choice.when().by() == Condition.By.COOKIE;
            if (cookie && dialect.extension() == Extension.NONE) {
                refuse(
                        "choice-cookie",
                        "chooses a version by '" + choice.when()
                                + "', but expressions for headers are up to the implementation",
                        "choose by a header, or name an extension",
                        choice.origin());
            }
        }
    }

    /** A fault is one of calls: where no call reaches the service, nothing is left that would tell of it. */
    static List<Problem> fault(ApiModel api, Collection<List<Line>> lines) {
        FaultRule fault = api.service().traffic().fault();
        boolean calls = lines.stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.deed().answer() == null);
        if (fault == null || calls) {
            return List.of();
        }
        return List.of(new Problem(
                "gateway-api.fault-answers",
                api.id(),
                "makes faults on calls, but the gateway answers all of them in place of the service",
                "leave the fault out, or let the service answer some calls",
                fault.origin()));
    }

    private void balance() {
        BalanceRule balance = api.service().traffic().balance();
        if (balance == null || dialect.extension() != Extension.ENVOY_GATEWAY) {
            return;
        }
        if (balance.localityFirst()) {
            refuse(
                    "locality",
                    "prefers workloads nearby, which is not said to Envoy Gateway",
                    "leave it out, or use Istio",
                    balance.origin());
        }
        if (balance.hashOn() != null && balance.hashOn().by() == BalanceRule.By.QUERY) {
            refuse(
                    "hash-query",
                    "picks workloads by the parameter '" + balance.hashOn().name()
                            + "', which is not said to Envoy Gateway",
                    "hash a header or a cookie",
                    balance.origin());
        }
    }

    private void keys() {
        if (dialect.extension() != Extension.ENVOY_GATEWAY) {
            return;
        }
        api.entry().access().issuers().stream()
                .filter(issuer -> issuer.jwksUri() == null)
                .forEach(issuer -> refuse(
                        "keys",
                        "must tell Envoy Gateway where the keys of '" + issuer.issuer()
                                + "' are, which it does not look up",
                        (issuer.jwks() == null
                                        ? "say it: "
                                        : "say it in place of the keys, which only Istio can be told: ")
                                + "oauth2(TrustedIssuer.issuer(\"" + issuer.issuer()
                                + "\").jwks(URI.create(\"https://…\")))",
                        issuer.origin()));
    }

    private void needs(String feature, String what, Origin origin) {
        if (!dialect.supports(feature)) {
            GatewayApiVersion since = Features.since(feature);
            boolean old = since != null && !dialect.version().isAtLeast(since);
            refuse(
                    "feature",
                    what + ", for which the implementation must support " + feature,
                    "leave it out, " + (old ? "use Gateway API " + since + ", " : "")
                            + "or name what is supported: supportedFeatures(…)",
                    origin);
        }
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("gateway-api." + code, api.id(), what, hint, origin));
    }
}
