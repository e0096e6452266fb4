package dev.lintel.mesh.imports;

import static dev.lintel.mesh.imports.Java.duration;
import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.number;
import static dev.lintel.mesh.imports.Java.part;
import static dev.lintel.mesh.imports.Java.parts;
import static dev.lintel.mesh.imports.Java.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Policies about routes and traffic as the calls that say them. */
final class TrafficSource {
    private static final List<String> COUNTS =
            List.of("consecutive5xx", "consecutiveGatewayErrors", "consecutiveLocalFailures");
    private static final List<String> TIMES = List.of("every", "ejectFor", "atMostEjectedFor", "jitter");
    private static final List<String> LIMITS =
            List.of("maxEjectionPercent", "maxConnections", "maxPending", "maxRequests", "maxRetries");

    /** What a retry says that needs no value of its own. */
    private static final Set<String> SHORT_RETRY = Set.of("kind", "attempts", "perTry");

    /** The status of a redirect that says none. */
    private static final String USUAL_REDIRECT = "302";

    private TrafficSource() {}

    static String call(String kind, Map<String, Object> policy) {
        return switch (kind) {
            case "traffic.version/v1" -> version(policy);
            case "traffic.route/v1" -> route(policy);
            case "traffic.redirect/v1" -> "redirect(" + match(policy) + ", " + redirect(part(policy, "to")) + ")";
            case "traffic.respond/v1" -> respond(policy);
            case "traffic.rewrite-path/v1" ->
                "rewritePath(" + text(policy.get("from")) + ", " + text(policy.get("to")) + ")";
            case "traffic.split/v1" -> split(policy);
            case "traffic.choice/v1" -> choice(policy);
            case "traffic.mirror/v1" ->
                "mirror(" + text(policy.get("version")) + ", " + number(policy.get("percent")) + ")";
            case "traffic.retry/v1" -> "retry(" + retry(policy) + ")";
            case "traffic.timeout/v1" -> "timeout(" + duration(policy.get("total")) + ")";
            case "traffic.fault/v1" -> "fault(" + fault(policy) + ")";
            case "traffic.breaker/v1" -> "breaker(" + breaker(policy) + ")";
            case "traffic.load-balancing/v1" -> "loadBalancing(" + balance(policy) + ")";
            case "traffic.served-by/v1" -> "servedBy(ServedBy.external(" + text(policy.get("address")) + "))";
            default -> throw new IllegalArgumentException("no call says a policy of kind '" + kind + "'");
        };
    }

    private static String version(Map<String, Object> policy) {
        String name = text(policy.get("name"));
        Map<String, Object> labels = part(policy, "labels");
        if (policy.get("service") != null) {
            return "versionByService(" + name + ", " + text(policy.get("service")) + ")";
        }
        if (labels.size() > 1) {
            return "with(new VersionOf(" + name + ", " + Java.map(labels) + ", null))";
        }
        Map.Entry<String, Object> only = labels.entrySet().iterator().next();
        return "versionByLabel(" + name + ", " + text(only.getKey()) + ", " + text(only.getValue()) + ")";
    }

    private static String match(Map<String, Object> policy) {
        Map<String, Object> match = part(policy, "match");
        StringBuilder call = new StringBuilder("Match.match(")
                .append(text(match.get("endpoint")))
                .append(')');
        for (String what : List.of("headers", "query")) {
            String verb = what.equals("headers") ? "header" : "query";
            part(match, what)
                    .forEach((name, value) -> call.append('.')
                            .append(verb)
                            .append('(')
                            .append(text(name))
                            .append(", ")
                            .append(text(value))
                            .append(')'));
        }
        return call.toString();
    }

    private static String route(Map<String, Object> policy) {
        Map<String, Object> match = part(policy, "match");
        String where = match.size() == 1 ? text(match.get("endpoint")) : match(policy);
        return "route(" + where + ", " + text(policy.get("version")) + ")";
    }

    /** Begins with what most redirects change, and says what is left. */
    private static String redirect(Map<String, Object> to) {
        boolean https = "https".equals(to.get("scheme"));
        String first = https ? "scheme" : to.get("host") != null ? "host" : to.get("path") != null ? "path" : "";
        if (first.isEmpty()) {
            return "new Redirect(" + number(to.get("status")) + ", " + text(to.get("scheme")) + ", null, "
                    + number(to.get("port")) + ", null)";
        }
        StringBuilder call = new StringBuilder(
                switch (first) {
                    case "scheme" -> "Redirect.toHttps()";
                    case "host" -> "Redirect.toHost(" + text(to.get("host")) + ")";
                    default -> "Redirect.toPath(" + text(to.get("path")) + ")";
                });
        for (String part : List.of("scheme", "host", "port", "path")) {
            Object value = to.get(part);
            if (value != null && !part.equals(first)) {
                call.append('.').append(part).append('(');
                call.append(part.equals("port") ? number(value) : text(value)).append(')');
            }
        }
        return call
                + (USUAL_REDIRECT.equals(number(to.get("status"))) ? "" : ".status(" + number(to.get("status")) + ")");
    }

    private static String respond(Map<String, Object> policy) {
        Object type = policy.get("contentType");
        Object body = policy.getOrDefault("body", "");
        return "respond(" + match(policy) + ", " + number(policy.get("status")) + ", "
                + (type == null ? "" : text(type) + ", ") + text(body) + ")";
    }

    private static String split(Map<String, Object> policy) {
        List<Map<String, Object>> shares = parts(policy, "shares");
        Map<String, Object> sticky = part(policy, "sticky");
        String pairs = shares.stream()
                .map(share -> text(share.get("version")) + ", " + number(share.get("weight")))
                .collect(Collectors.joining(", "));
        if (shares.size() == 2 && sticky.isEmpty()) {
            return "split(" + pairs + ")";
        }
        String list = shares.stream()
                .map(share ->
                        "new Split.Share(" + text(share.get("version")) + ", " + number(share.get("weight")) + ")")
                .collect(Collectors.joining(", "));
        StringBuilder call = new StringBuilder(
                shares.size() == 2 ? "Split.split(" + pairs + ")" : "new Split(List.of(" + list + "), null)");
        sticky.forEach((by, name) -> call.append(".sticky(Sticky.")
                .append(by)
                .append('(')
                .append(text(name))
                .append("))"));
        return "split(" + call + ")";
    }

    private static String choice(Map<String, Object> policy) {
        Map<String, Object> when = part(policy, "when");
        String by = String.valueOf(when.get("by"));
        boolean named = !by.equals("caller") && !by.equals("workload");
        return "when(Condition." + by + "(" + (named ? text(when.get("name")) + ", " : "") + text(when.get("value"))
                + ")).to(" + text(policy.get("version")) + ")";
    }

    private static String retry(Map<String, Object> policy) {
        if (SHORT_RETRY.containsAll(policy.keySet())) {
            String perTry = policy.containsKey("perTry") ? ", " + duration(policy.get("perTry")) : "";
            return number(policy.get("attempts")) + perTry;
        }
        StringBuilder call = new StringBuilder("Retry.attempts(")
                .append(number(policy.get("attempts")))
                .append(')');
        if (policy.containsKey("perTry")) {
            call.append(".perTry(").append(duration(policy.get("perTry"))).append(')');
        }
        if (Boolean.TRUE.equals(policy.get("nonIdempotent"))) {
            call.append(".evenIfNotIdempotent()");
        }
        if (!list(policy, "failures").isEmpty()) {
            call.append(".on(")
                    .append(list(policy, "failures").stream()
                            .map(word -> "RetryOn." + Java.constant(word))
                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        if (!list(policy, "statuses").isEmpty()) {
            call.append(".onStatus(")
                    .append(list(policy, "statuses").stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        Map<String, Object> pause = part(policy, "backOff");
        if (!pause.isEmpty()) {
            call.append(".backOff(")
                    .append(duration(pause.get("base")))
                    .append(", ")
                    .append(duration(pause.get("most")))
                    .append(')');
        }
        Map<String, Object> budget = part(policy, "budget");
        if (!budget.isEmpty()) {
            call.append(".budget(")
                    .append(number(budget.get("percent")))
                    .append(", ")
                    .append(number(budget.get("least")))
                    .append(')');
        }
        return call.toString();
    }

    private static String fault(Map<String, Object> policy) {
        Map<String, Object> delay = part(policy, "delay");
        Map<String, Object> abort = part(policy, "abort");
        String answer = "(" + number(abort.get("status")) + ", " + number(abort.get("percent")) + ")";
        if (delay.isEmpty()) {
            return "Fault.abortOnly" + answer;
        }
        String held = "Fault.delay(" + duration(delay.get("fixed")) + ", " + number(delay.get("percent")) + ")";
        return abort.isEmpty() ? held : held + ".abort" + answer;
    }

    /** What is said of a breaker beyond the usual one. */
    private static String breaker(Map<String, Object> policy) {
        StringBuilder call = new StringBuilder();
        for (String count : COUNTS) {
            if (policy.get(count) != null) {
                call.append('.')
                        .append(count)
                        .append('(')
                        .append(number(policy.get(count)))
                        .append(')');
            }
        }
        for (String time : TIMES) {
            if (policy.get(time) != null) {
                call.append('.')
                        .append(time)
                        .append('(')
                        .append(duration(policy.get(time)))
                        .append(')');
            }
        }
        for (String limit : LIMITS) {
            if (policy.get(limit) != null) {
                call.append('.')
                        .append(limit)
                        .append('(')
                        .append(number(policy.get(limit)))
                        .append(')');
            }
        }
        return call.length() == 0 ? "Breaker.usual()" : "b -> b" + call;
    }

    private static String balance(Map<String, Object> policy) {
        Map<String, Object> hash = part(policy, "hashOn");
        String by = String.valueOf(hash.get("by"));
        String how = switch (String.valueOf(policy.get("algorithm"))) {
            case "round-robin" -> "roundRobin()";
            case "least-request" -> "leastRequest()";
            case "random" -> "random()";
            default ->
                "consistentHash(HashOn." + by + "(" + (by.equals("address") ? "" : text(hash.get("name"))) + "))";
        };
        return "LoadBalancing." + how + (Boolean.TRUE.equals(policy.get("nearbyFirst")) ? ".localityFirst()" : "");
    }
}
