package dev.lintel.mesh.istio;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.istio.HttpRule.Action;
import dev.lintel.mesh.istio.HttpRule.Mirror;
import dev.lintel.mesh.istio.HttpRule.Retry;
import dev.lintel.mesh.istio.HttpRule.Share;
import dev.lintel.mesh.istio.HttpRule.Substitution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what one entry of the {@code http} list of a VirtualService does, as far as this dialect writes it. */
final class ActionReader {
    private static final int REFUSED = 403;

    private final String suffix;

    /**
     * A reader.
     *
     * @param namespace whose services may be destinations
     */
    ActionReader(String namespace) {
        this.suffix = Meta.host("", namespace);
    }

    Action read(Fields http) {
        Answer answer = Answers.read(http);
        boolean refused = answer == null && http.has("directResponse") && refused(http.map("directResponse"));
        List<Share> shares = new ArrayList<>();
        for (Fields route : http.maps("route")) {
            shares.add(share(route));
        }
        if (refused || answer != null ? !shares.isEmpty() : shares.isEmpty()) {
            http.problem("neither goes somewhere nor is refused with 403");
        }
        return new Action(
                refused,
                answer,
                shares,
                substitution(http.map("rewrite")),
                http.has("retries") ? retry(http.map("retries")) : null,
                http.seconds("timeout"),
                http.has("fault") ? Faults.read(http.map("fault")) : null,
                mirrors(http),
                headers(http));
    }

    private static boolean refused(Fields response) {
        boolean refused = response.number("status", 0) == REFUSED;
        response.end();
        return refused;
    }

    private List<Mirror> mirrors(Fields http) {
        List<Mirror> mirrors = new ArrayList<>();
        for (Fields mirror : http.maps("mirrors")) {
            Share to = destination(mirror.map("destination"), -1, null);
            mirrors.add(new Mirror(to, Faults.percent(mirror)));
            mirror.end();
        }
        return mirrors;
    }

    private Share share(Fields route) {
        Fields destination = route.map("destination");
        Share share = destination(destination, route.number("weight", -1), cookie(route));
        route.end();
        return share;
    }

    private Share destination(Fields destination, int weight, StickyCookie.@Nullable Cookie cookie) {
        String host = String.valueOf(destination.text("host"));
        if (!host.endsWith(suffix)) {
            destination.problem("goes to '" + host + "', which is not in this namespace");
        }
        String service = host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : host;
        String subset = destination.text("subset");
        Fields port = destination.map("port");
        int number = port.number("number", 0);
        port.end();
        destination.end();
        return new Share(service, subset, number, weight, cookie);
    }

    private static StickyCookie.@Nullable Cookie cookie(Fields route) {
        Fields headers = route.map("headers");
        Fields response = headers.map("response");
        Fields add = response.map("add");
        String set = add.text("Set-Cookie");
        StickyCookie.Cookie cookie =
                set == null ? null : StickyCookie.readSet(set).orElse(null);
        if (set != null && cookie == null) {
            add.problem("sets another cookie than one that keeps callers on their version");
        }
        add.end();
        response.end();
        headers.end();
        return cookie;
    }

    private static Substitution substitution(Fields rewrite) {
        String uri = rewrite.text("uri");
        Fields regex = rewrite.map("uriRegexRewrite");
        String match = regex.text("match");
        String to = regex.text("rewrite");
        regex.end();
        rewrite.end();
        if (match != null && to != null) {
            String from = match.startsWith("^") ? match.substring(1).replaceAll("\\\\(.)", "$1") : "";
            if (!match.equals("^" + Forms.quote(from)) || !from.endsWith("/") || !to.endsWith("/") || uri != null) {
                rewrite.problem("rewrites something else than the beginning of a path: " + match);
            }
            return new Substitution(from, to);
        }
        return uri == null ? Substitution.NONE : new Substitution(null, uri);
    }

    private static Retry retry(Fields retries) {
        int attempts = retries.number("attempts", -1);
        Duration perTry = retries.seconds("perTryTimeout");
        String on = retries.text("retryOn");
        Duration pause = retries.seconds("backoff");
        boolean elsewhere = retries.flag("retryIgnorePreviousHosts");
        retries.end();
        return new Retry(
                attempts,
                perTry,
                on == null ? "" : on,
                pause == null ? RetryRule.Backoff.DEFAULT.base() : pause,
                elsewhere);
    }

    private static HeaderChanges headers(Fields http) {
        Fields headers = http.map("headers");
        Fields request = headers.map("request");
        Fields response = headers.map("response");
        MoreHeaders more = new MoreHeaders(
                values(request, "add"), values(response, "add"), request.texts("remove"), response.texts("remove"));
        HeaderChanges read = new HeaderChanges(values(request, "set"), values(response, "set"), more);
        request.end();
        response.end();
        headers.end();
        return read;
    }

    private static Map<String, String> values(Fields changes, String how) {
        Map<String, String> values = new LinkedHashMap<>();
        changes.pairs(how).forEach((name, value) -> {
            if (value.replace("%%", "").indexOf('%') >= 0) {
                changes.problem("sets " + name + " to what Envoy computes: " + value);
            }
            values.put(name, value.replace("%%", "%"));
        });
        return values;
    }
}
