package dev.lintel.mesh.lint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One HTTP route of a VirtualService as Istio's webhook looks at it.
 *
 * @param route the route
 * @param delegate whether it is in a VirtualService without hosts
 * @param refusal where what is found goes
 */
record RefusedRoute(Part route, boolean delegate, Refusal refusal) {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");
    private static final String CLAIMS = "@request.auth.claims";
    private static final int LEAST_STATUS = 200;
    private static final int LAST_STATUS = 600;

    /** Names that Envoy and gRPC know. */
    static final class Known {
        static final Set<String> RETRIES = Set.of(
                "5xx",
                "gateway-error",
                "reset",
                "reset-before-request",
                "connect-failure",
                "retriable-4xx",
                "refused-stream",
                "retriable-status-codes",
                "retriable-headers",
                "envoy-ratelimited",
                "http3-post-connect-failure",
                "cancelled",
                "deadline-exceeded",
                "internal",
                "resource-exhausted",
                "unavailable");
        static final Set<String> GRPC = Set.of(
                "OK",
                "CANCELLED",
                "UNKNOWN",
                "INVALID_ARGUMENT",
                "DEADLINE_EXCEEDED",
                "NOT_FOUND",
                "ALREADY_EXISTS",
                "PERMISSION_DENIED",
                "UNAUTHENTICATED",
                "RESOURCE_EXHAUSTED",
                "FAILED_PRECONDITION",
                "ABORTED",
                "OUT_OF_RANGE",
                "UNIMPLEMENTED",
                "INTERNAL",
                "UNAVAILABLE",
                "DATA_LOSS");

        private Known() {}
    }

    void check() {
        ways();
        destinations(route, refusal);
        redirect(route.get("redirect"));
        rewrite(route.get("rewrite"));
        fault(route.get("fault"));
        retries(route.get("retries"));
        cors(route.get("corsPolicy"));
        headers(route.get("headers"), refusal);
        route.get("match").items().forEach(this::match);
        refusal.range(route.get("directResponse", "status"), LEAST_STATUS, LAST_STATUS, "HTTP status");
        for (Part mirror : route.get("mirrors").items()) {
            destination(mirror.get("destination"), refusal);
        }
        destination(route.get("mirror"), refusal);
        refusal.either(route, "mirror", "mirrors");
    }

    private void ways() {
        boolean goes = !route.get("route").isBlank();
        boolean redirects = route.get("redirect").isThere();
        boolean answers = route.get("directResponse").isThere();
        boolean delegates = route.get("delegate").isThere();
        if (!goes && !redirects && !answers && !delegates) {
            refusal.needed(route, "there is neither a route nor a redirect nor a directResponse", "say where it goes");
        }
        for (String other : List.of("redirect", "directResponse")) {
            refusal.either(route, "route", other);
            refusal.either(route, other, "fault");
            refusal.either(route, other, "rewrite");
        }
        refusal.either(route, "redirect", "directResponse");
        if (delegates && !delegate) {
            refusal.either(route, "delegate", "route");
        }
    }

    /** Where requests go, and in which shares. */
    static void destinations(Part route, Refusal refusal) {
        List<Part> all = route.get("route").items();
        for (Part one : all) {
            destination(one.get("destination"), refusal);
            headers(one.get("headers"), refusal);
        }
        boolean none = all.stream()
                .allMatch(one ->
                        !one.get("weight").isThere() || one.get("weight").text().equals("0"));
        if (all.size() > 1 && none) {
            refusal.range(route.get("route"), "the total weight of the destinations is 0", "say a weight above 0");
        }
    }

    private static void destination(Part destination, Refusal refusal) {
        if (!destination.isThere()) {
            return;
        }
        Part host = destination.get("host");
        if (host.text().equals("*")) {
            refusal.malformed(host, "destination host", "name a service");
        } else if (!Texts.isHost(host.text()) && (host.value() == null || host.value() instanceof String)) {
            refusal.malformed(host, "domain name", "name a service");
        }
        Part subset = destination.get("subset");
        if (!subset.text().isEmpty() && !Texts.isLabel(subset.text())) {
            refusal.malformed(subset, "name of a subset", "say letters, digits and '-'");
        }
        if (destination.get("port").isThere() && destination.get("port").value() instanceof Map) {
            Part number = destination.get("port", "number");
            if (!number.isThere() || number.text().equals("0")) {
                refusal.range(number, "the port number 0 is not from 1 to 65535", "say the port of the service");
            }
        }
    }

    private void redirect(Part redirect) {
        if (!redirect.isThere()) {
            return;
        }
        if (List.of("uri", "authority", "port", "derivePort", "scheme", "prefixRewrite").stream()
                .noneMatch(field -> redirect.get(field).isThere())) {
            refusal.needed(redirect, "the redirect says no URI, authority, scheme or port", "say one of them");
        }
        Part code = redirect.get("redirectCode");
        if (!code.text().equals("0")) {
            refusal.range(code, 300, 399, "redirect code");
        }
        Part scheme = redirect.get("scheme");
        if (!Set.of("", "http", "https").contains(scheme.text())) {
            refusal.value(scheme, "redirect scheme", "say http or https");
        }
    }

    private void rewrite(Part rewrite) {
        refusal.either(rewrite, "uri", "uriRegexRewrite");
        if (rewrite.isThere()
                && List.of("uri", "uriRegexRewrite", "authority").stream()
                        .noneMatch(field -> rewrite.get(field).isThere())) {
            refusal.needed(rewrite, "the rewrite says no URI, uriRegexRewrite or authority", "say one of them");
        }
        expression(rewrite.get("uriRegexRewrite", "match"));
    }

    private void fault(Part fault) {
        if (fault.isThere()
                && !fault.get("abort").isThere()
                && !fault.get("delay").isThere()) {
            refusal.needed(fault, "the fault has no abort and no delay", "say one of them, or leave the fault out");
        }
        Part abort = fault.get("abort");
        refusal.range(abort.get("httpStatus"), LEAST_STATUS, LAST_STATUS, "HTTP status");
        Part status = abort.get("grpcStatus");
        if (!status.text().isEmpty() && !Known.GRPC.contains(status.text())) {
            refusal.value(status, "gRPC status that is supported", "say one like NOT_FOUND");
        }
    }

    private void retries(Part retries) {
        boolean none = !retries.get("attempts").isThere()
                || retries.get("attempts").text().equals("0");
        for (String field : List.of("perTryTimeout", "retryOn", "retryRemoteLocalities")) {
            if (none && retries.get(field).isThere()) {
                refusal.apart(
                        retries.get(field),
                        "'" + field + "' is said, and the attempts are 0, which is no retry policy",
                        "say attempts, or leave it out");
            }
        }
        for (String each : retries.get("retryOn").text().split(",", -1)) {
            boolean status = each.matches("[1-5][0-9]{2}");
            if (!each.isEmpty() && !status && !Known.RETRIES.contains(each)) {
                refusal.tell(
                        LintCode.UNKNOWN_VALUE,
                        retries.get("retryOn"),
                        "'" + Values.shown(each) + "' is no retryOn policy that is valid",
                        "say one like 5xx or connect-failure, by commas without spaces");
            }
        }
    }

    private void cors(Part cors) {
        cors.get("allowMethods").items().stream()
                .filter(method -> !METHODS.contains(method.text().toUpperCase(Locale.ROOT)))
                .forEach(method -> refusal.value(method, "HTTP method that is supported", "say one of " + METHODS));
        for (String field : List.of("allowHeaders", "exposeHeaders")) {
            cors.get(field).items().stream()
                    .filter(name -> !name.text().equals("*") && !Texts.isHeader(name.text()))
                    .forEach(name -> refusal.malformed(name, "valid header name", "say letters, digits, '-' and '_'"));
        }
        for (Part origin : cors.get("allowOrigins").items()) {
            expression(origin.get("regex"));
        }
    }

    private void match(Part match) {
        for (String field : List.of("uri", "scheme", "method", "authority")) {
            expression(match.get(field, "regex"));
        }
        for (String field : List.of("headers", "withoutHeaders", "queryParams")) {
            for (String name : match.get(field).keys()) {
                expression(match.get(field, name, "regex"));
                if (!field.equals("queryParams") && !name.startsWith(CLAIMS) && !Texts.isHeader(name)) {
                    refusal.tell(
                            LintCode.MALFORMED,
                            match.get(field),
                            "'" + Values.shown(name) + "' is no valid header name",
                            "say letters, digits, '-' and '_'");
                }
            }
        }
    }

    private void expression(Part regex) {
        if (!(regex.value() instanceof String text)) {
            return;
        }
        String wrong = Expressions.wrong(text);
        if (!wrong.isEmpty()) {
            refusal.tell(
                    LintCode.MALFORMED,
                    regex,
                    "the regex '" + Values.shown(text) + "' cannot be parsed by RE2: it " + wrong,
                    "say one in the syntax of RE2");
        }
    }

    private static void headers(Part headers, Refusal refusal) {
        for (String of : List.of("request", "response")) {
            for (String way : List.of("set", "add")) {
                Part names = headers.get(of, way);
                for (String name : names.keys()) {
                    header(names, name, of.equals("request"), refusal);
                    percent(names.get(name), refusal);
                }
            }
            headers.get(of, "remove").items().forEach(name -> header(name, name.text(), false, refusal));
        }
    }

    /** A request may be given another authority, and nothing else of HTTP's own. */
    private static void header(Part at, String name, boolean authority, Refusal refusal) {
        boolean host = name.equalsIgnoreCase("host");
        boolean own = name.startsWith(":") && !(authority && name.equals(":authority"));
        if (own || host && !authority) {
            refusal.tell(
                    LintCode.MALFORMED,
                    at,
                    "the header '" + Values.shown(name) + "' "
                            + (own ? "has a ':' prefix, which is HTTP's own" : "is the Host, which cannot be set here"),
                    "leave it out");
        }
    }

    private static void percent(Part value, Refusal refusal) {
        String text = value.text().replace("%%", "");
        if (text.chars().filter(c -> c == '%').count() % 2 != 0) {
            refusal.tell(
                    LintCode.MALFORMED,
                    value,
                    "the header value '" + Values.shown(value.text()) + "' has an un-escaped '%'",
                    "say '%%' for the sign itself");
        }
    }
}
