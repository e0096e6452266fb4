package dev.lintel.mesh.kyma;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Why an API cannot be said by an APIRule, each with what would make it one. */
final class Fit {
    private static final int LONGEST_REGEX = 1024;

    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    Fit(ApiModel api) {
        this.api = api;
    }

    List<Problem> find() {
        Entry entry = api.entry();
        if (entry.hosts().size() != 1) {
            add("hosts", "takes one host, but was given " + entry.hosts(), "expose the API at one host", api.origin());
        }
        if (!entry.paths().isEmpty()) {
            add(
                    "paths",
                    "takes a host as a whole, but the API has only " + entry.paths(),
                    "give the API a host of its own",
                    api.origin());
        }
        FrontRule front = api.front();
        if (front != null) {
            add(
                    "front",
                    "leads to services and runs none, but Lintel itself is to serve the API",
                    "use Istio's own dialect with frontImage(…), or serve the API by an embedded gateway",
                    front.origin());
        }
        entry.routes().forEach(this::route);
        if (!entry.rewrites().isEmpty()) {
            add(
                    "rewrite",
                    "does not rewrite paths, as '" + entry.rewrites().get(0).from() + "' would have to be",
                    "let the service take the path as it comes",
                    entry.rewrites().get(0).origin());
        }
        headers(entry);
        calls(api.service());
        asked(entry);
        access(entry.access());
        return found;
    }

    private void route(Route route) {
        if (route.answer() != null) {
            add(
                    "answer",
                    "answers nothing in place of the service, as '" + route.match() + "' says",
                    "let the service answer",
                    route.origin());
        } else if (route.version() != null) {
            add(
                    "route",
                    "knows no versions, but '" + route.match() + "' goes to '" + route.version() + "'",
                    "leave the route out",
                    route.origin());
        }
    }

    private void headers(Entry entry) {
        MoreHeaders more = entry.headers().more();
        if (!entry.headers().response().isEmpty() || !more.equals(MoreHeaders.NONE)) {
            add(
                    "headers",
                    "sets headers of requests and changes no others",
                    "set headers of requests only",
                    api.origin());
        }
    }

    private void calls(Service service) {
        Traffic traffic = service.traffic();
        Elsewhere elsewhere = traffic.elsewhere();
        if (elsewhere != null) {
            add(
                    "elsewhere",
                    "sends requests to workloads with a sidecar, but the service is elsewhere",
                    "expose a service of the cluster",
                    elsewhere.origin());
        }
        if (service.split() != null) {
            add(
                    "split",
                    "knows no versions among which calls could be shared",
                    "leave the split out",
                    service.split().origin());
        }
        if (!traffic.choices().isEmpty()) {
            Origin origin = traffic.choices().get(0).origin();
            add("choice", "knows no versions to choose from", "leave the choices out", origin);
        }
        if (!traffic.mirrors().isEmpty()) {
            add(
                    "mirror",
                    "copies no calls",
                    "leave the copies out",
                    traffic.mirrors().get(0).origin());
        }
        if (traffic.fault() != null) {
            add(
                    "fault",
                    "makes no faults",
                    "leave the fault out",
                    traffic.fault().origin());
        }
        if (service.retry() != null) {
            add(
                    "retry",
                    "cannot be told when to try again",
                    "leave retries as they are: twice, after a connection that failed",
                    service.retry().origin());
        }
        TimeoutRule timeout = service.timeout();
        if (timeout != null
                && (timeout.total().toNanosPart() != 0
                        || timeout.total().toSeconds() < 1
                        || timeout.total().toSeconds() > Rule.LONGEST_TIMEOUT)) {
            add(
                    "timeout",
                    "counts whole seconds from 1 to " + Rule.LONGEST_TIMEOUT + ", but the time-out is "
                            + Durations.write(timeout.total()),
                    "say it in whole seconds",
                    timeout.origin());
        }
    }

    private void asked(Entry entry) {
        if (!api.service().callers().isEmpty()) {
            Origin origin = api.service().callers().get(0).origin();
            add("callers", "does not say who may call", "ask for tokens", origin);
        }
        if (entry.login() != null) {
            add("login", "logs nobody in", "ask for tokens", entry.login().origin());
        }
    }

    private void access(Access access) {
        if (!access.isRestricted()) {
            return;
        }
        Set<String> methods = new TreeSet<>();
        for (AccessRule rule : access.rules()) {
            methods.addAll(rule.endpoint().methods());
            path(rule.endpoint().path(), rule.origin());
            if (rule.requirement() instanceof Requirement.Token needed) {
                needed.anyOf().forEach(grant -> grant(grant, rule.origin()));
            }
        }
        Methods.ALL.forEach(methods::remove);
        if (!methods.isEmpty()) {
            add(
                    "method",
                    "does not know the method " + methods.iterator().next(),
                    "name one of " + Methods.ALL,
                    api.origin());
        }
        access.issuers().forEach(this::issuer);
    }

    /** A boundary around any namespace says who may call from inside, which policies of two makers cannot say together. */
    Problem isolation(IsolationRule rule) {
        found.clear();
        add(
                "isolation",
                "stands beside no boundaries of namespaces, as '" + rule.id() + "' is",
                "leave the boundary out",
                rule.origin());
        return found.get(0);
    }

    /** What shows only once access is laid out. */
    List<Problem> of(RulePlan plan) {
        found.clear();
        boolean token = plan.rules().stream().anyMatch(rule -> rule.requirement() instanceof Requirement.Token);
        if (api.entry().access().isRestricted()
                && (!token || api.entry().access().issuers().isEmpty())) {
            add(
                    "no-token-rule",
                    "judges tokens only where one is needed at some path, and here none is",
                    "ask for a token somewhere, or leave the access policy out",
                    api.origin());
        }
        return found;
    }

    private void path(PathPattern pattern, Origin origin) {
        for (RulePath path : RulePath.of(pattern)) {
            if (!path.isValid() || path.text().indexOf('%') >= 0) {
                add(
                        "path",
                        "cannot compare the path '" + pattern + "', of which the gateway has another spelling",
                        "use letters, digits, '-', '.', '_' and '~' only",
                        origin);
            } else if (path.isExpression()) {
                add(
                        "path-expression",
                        "takes '" + pattern + "' for an expression, which is about other paths: the controller escapes"
                                + " nothing",
                        "use a path without '+', '(', ')' and '$'",
                        origin);
            } else if (path.length() > LONGEST_REGEX) {
                add(
                        "long-path",
                        "takes paths whose expression has at most " + LONGEST_REGEX + " characters, but '" + pattern
                                + "' becomes " + path.length(),
                        "use a shorter path",
                        origin);
            } else {
                continue;
            }
            return;
        }
    }

    private void grant(Grant grant, Origin origin) {
        if (!grant.claims().isEmpty()) {
            add(
                    "claims",
                    "asks for scopes and audiences, but not for the claim '"
                            + grant.claims().get(0).name() + "'",
                    "ask for scopes",
                    origin);
        }
    }

    private void issuer(Issuer issuer) {
        URI keys = issuer.jwksUri();
        if (keys == null) {
            add(
                    "no-jwks",
                    "must be told where the keys of '" + issuer.issuer() + "' are; it does not discover them",
                    "say it: oauth2(TrustedIssuer.issuer(\"" + issuer.issuer() + "\").jwks(URI.create(\"https://…\")))",
                    issuer.origin());
        }
    }

    private void add(String code, String what, String hint, Origin origin) {
        found.add(new Problem("kyma." + code, api.id(), "an APIRule " + what, hint, origin));
    }
}
