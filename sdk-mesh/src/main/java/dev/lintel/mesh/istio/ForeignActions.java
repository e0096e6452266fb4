package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a route of anybody does, as this dialect writes it: whole host names, ports, shares of a hundred, and the tries
 * that the mesh makes where nothing is said.
 */
final class ForeignActions {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(h|ms|m|s)");
    private static final List<String> RETRIES =
            List.of("connect-failure", "refused-stream", "reset", "gateway-error", "5xx", "retriable-4xx");

    private final String namespace;
    private final ForeignServices services;
    private final List<Target> targets = new ArrayList<>();

    ForeignActions(String namespace, ForeignServices services) {
        this.namespace = namespace;
        this.services = services;
    }

    /** The services to which the routes read so far go, each once. */
    List<Target> targets() {
        return targets;
    }

    /** Everything but {@code match} and {@code rewrite}. */
    Map<String, Object> read(Fields http) {
        Map<String, Object> action = new LinkedHashMap<>();
        for (String answer : List.of("redirect", "directResponse")) {
            if (http.has(answer)) {
                action.putAll(answer(answer, tree(http.map(answer))));
            }
        }
        boolean answered = !action.isEmpty();
        if (http.has("corsPolicy")) {
            http.skip("corsPolicy");
            http.problem(
                    "corsPolicy is not read: the gateway would answer preflight requests itself, and tell browsers in"
                            + " headers of answers which other origins may read them");
        }
        if (http.has("headers")) {
            merge(action, tree(http.map("headers")));
        }
        if (http.has("route")) {
            List<Map<String, Object>> shares = route(http.maps("route"), http);
            boolean alone = shares.size() == 1 && !action.containsKey("headers");
            // One destination has all that is said about the route.
            if (alone && shares.get(0).get("headers") instanceof Map<?, ?> headers) {
                action.put("headers", headers);
                shares.get(0).remove("headers");
            }
            action.put("route", shares);
            if (answered) {
                http.problem("is answered and goes on as well");
            }
        }
        action.putAll(map("timeout", duration(http, "timeout"), "fault", fault(http), "mirrors", mirrors(http)));
        if (http.has("retries")) {
            action.put("retries", retries(http.map("retries")));
        } else if (!answered) {
            targets.forEach(target -> services.usualRetries(target));
            action.put("retries", map("attempts", 0));
        }
        return action;
    }

    private static void merge(Map<String, Object> action, Map<String, Object> headers) {
        if (!action.containsKey("headers")) {
            action.putAll(map("headers", headers));
        } else if (!headers.equals(action.get("headers"))) {
            action.put("headers", headers);
        }
    }

    private static Map<String, Object> answer(String kind, Map<String, Object> said) {
        if (kind.equals("redirect")
                || said.containsKey("body")
                || Integer.valueOf(403).equals(said.get("status"))) {
            return map(kind, said);
        }
        Map<String, Object> direct = new LinkedHashMap<>(said);
        direct.put("body", map("string", ""));
        return map(kind, direct);
    }

    private List<Map<String, Object>> route(List<Fields> routes, Fields http) {
        List<Map<String, Object>> shares = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        for (Fields route : routes) {
            int weight = route.number("weight", 0);
            Map<String, Object> destination = destination(route.map("destination"));
            if (routes.size() > 1) {
                weights.add(weight);
            }
            shares.add(map("destination", destination, "headers", tree(route.map("headers"))));
            route.end();
        }
        int sum = weights.stream().mapToInt(weight -> weight).sum();
        if (routes.size() > 1 && sum == 0) {
            http.problem("shares nothing: all weights are 0");
        }
        int left = 100;
        for (int i = 0; i < weights.size() && sum > 0; i++) {
            boolean exact = weights.get(i) * 100L % sum == 0;
            int percent = i == weights.size() - 1 ? left : (int) (weights.get(i) * 100L / sum);
            left -= percent;
            if (!exact) {
                http.problem("route[" + i + "]: " + weights.get(i) + " of " + sum + " is no whole percent; read as "
                        + percent);
            }
            shares.get(i).put("weight", percent);
        }
        return shares;
    }

    private Map<String, Object> destination(Fields destination) {
        String host = String.valueOf(destination.text("host"));
        Target target = ForeignHosts.target(host, namespace);
        String subset = destination.text("subset");
        Fields port = destination.map("port");
        int number = port.number("number", 0);
        port.end();
        destination.end();
        if (target == null) {
            destination.problem(
                    "host '" + host + "' is no service of the cluster; a ServiceEntry that says where it is is"
                            + " read for calls that leave, not for routes");
            return map("host", host, "subset", subset, "port", map("number", number == 0 ? 80 : number));
        }
        if (!targets.contains(target)) {
            targets.add(target);
        }
        int meant = number == 0 ? services.port(target, destination) : number;
        return map("host", target.host(), "subset", subset, "port", map("number", meant));
    }

    private List<Map<String, Object>> mirrors(Fields http) {
        List<Map<String, Object>> mirrors = new ArrayList<>();
        if (http.has("mirror")) {
            Map<String, Object> destination = destination(http.map("mirror"));
            Map<String, Object> share = http.has("mirrorPercentage") ? tree(http.map("mirrorPercentage")) : map();
            Object value = share.getOrDefault("value", 100);
            mirrors.add(map("destination", destination, "percentage", map("value", whole(value))));
        }
        for (Fields mirror : http.maps("mirrors")) {
            Map<String, Object> destination = destination(mirror.map("destination"));
            Map<String, Object> share = mirror.has("percentage") ? tree(mirror.map("percentage")) : map();
            mirrors.add(map(
                    "destination", destination, "percentage", map("value", whole(share.getOrDefault("value", 100)))));
            mirror.end();
        }
        return mirrors;
    }

    private static @Nullable Object fault(Fields http) {
        if (!http.has("fault")) {
            return null;
        }
        Fields fault = http.map("fault");
        Map<String, Object> read = new LinkedHashMap<>();
        for (String name : List.of("delay", "abort")) {
            if (fault.has(name)) {
                Fields one = fault.map(name);
                Map<String, Object> share = one.has("percentage") ? tree(one.map("percentage")) : map();
                String fixed = duration(one, "fixedDelay");
                int percent = one.number("percent", 0);
                Map<String, Object> rest = tree(one);
                rest.putAll(map("fixedDelay", fixed));
                Object value = share.containsKey("value") ? whole(share.get("value")) : Integer.valueOf(percent);
                rest.put("percentage", map("value", value));
                // Of no share at all nothing happens.
                if (!Integer.valueOf(0).equals(value)) {
                    read.put(name, rest);
                }
            }
        }
        fault.end();
        return read.isEmpty() ? null : read;
    }

    /** A number without decimals as a whole one, so that both are read alike. */
    private static @Nullable Object whole(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() == number.intValue() ? number.intValue() : value;
    }

    private static Map<String, Object> retries(Fields retries) {
        int attempts = retries.number("attempts", 2);
        String on = retries.text("retryOn");
        String perTry = duration(retries, "perTryTimeout");
        String backoff = duration(retries, "backoff");
        if (backoff != null && backoff.equals("0.025s")) {
            backoff = null;
        }
        boolean elsewhere = retries.flag("retryIgnorePreviousHosts");
        for (String name : retries.names()) {
            retries.problem(name + " is not read");
        }
        if (attempts == 0) {
            return map("attempts", 0);
        }
        return map(
                "attempts",
                attempts,
                "perTryTimeout",
                perTry,
                "retryOn",
                on(retries, on),
                "backoff",
                backoff,
                "retryIgnorePreviousHosts",
                elsewhere ? true : null);
    }

    private static String on(Fields retries, @Nullable String said) {
        if (said == null || said.isBlank()) {
            return "connect-failure,refused-stream";
        }
        List<String> words = new ArrayList<>(List.of(said.replace(" ", "").split(",", -1)));
        List<String> known = new ArrayList<>();
        if (words.contains("connect-failure") != words.contains("refused-stream")) {
            words.addAll(List.of("connect-failure", "refused-stream"));
            retries.problem("retryOn '" + said + "' is read as both connect-failure and refused-stream");
        }
        RETRIES.stream().filter(words::contains).forEach(known::add);
        words.stream().filter(word -> word.matches("[1-5][0-9]{2}")).sorted().forEach(known::add);
        for (String word : words) {
            boolean grpc = List.of("unavailable", "cancelled", "retriable-status-codes")
                    .contains(word);
            if (!known.contains(word) && !grpc) {
                retries.problem("retryOn '" + word + "' is not known here");
            }
        }
        return String.join(",", known);
    }

    private static @Nullable String duration(Fields fields, String name) {
        if (!fields.has(name)) {
            return null;
        }
        String said = fields.text(name);
        Optional<Duration> read = said == null ? Optional.empty() : duration(said);
        if (read.isEmpty()) {
            fields.problem(name + " is no duration: " + said);
            return null;
        }
        return read.get().isZero() ? null : Retries.seconds(read.get());
    }

    /** A duration as Go writes it, for example {@code 1m30s}. */
    static Optional<Duration> duration(String text) {
        Matcher part = PART.matcher(text.length() > 40 ? "" : text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            BigDecimal number = new BigDecimal(part.group(1));
            int unit = switch (part.group(2)) {
                case "h" -> 3_600_000;
                case "m" -> 60_000;
                case "s" -> 1000;
                default -> 1;
            };
            BigDecimal millis = number.multiply(BigDecimal.valueOf(unit));
            if (millis.stripTrailingZeros().scale() > 0) {
                return Optional.empty();
            }
            sum = sum.plusMillis(millis.longValueExact());
            at = part.end();
        }
        return text.isEmpty() || at < text.length() ? Optional.empty() : Optional.of(sum);
    }

    /** All that is left, as it was said. */
    static Map<String, Object> tree(Fields fields) {
        return fields.rest();
    }
}
