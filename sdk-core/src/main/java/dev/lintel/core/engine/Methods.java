package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.ApiModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Methods that nobody has registered. They are legal, and a rule for one is a rule that no request meets if it was a slip.
 *
 * @see <a href="https://www.iana.org/assignments/http-methods">IANA, HTTP Method Registry</a>
 */
final class Methods {
    private static final Set<String> COMMON = new TreeSet<>(
            List.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"));
    private static final Set<String> REGISTERED =
            new TreeSet<>(Arrays.asList(("ACL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK"
                            + " MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE ORDERPATCH PRI PROPFIND PROPPATCH"
                            + " REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF")
                    .split(" ", -1)));

    private Methods() {}

    /** One warning for each method of an API, at the first rule that names it. */
    static List<Problem> warnings(ApiModel api) {
        Map<String, Origin> unknown = new LinkedHashMap<>();
        api.entry().access().rules().forEach(rule -> add(rule.endpoint(), rule.origin(), unknown));
        api.entry().routes().forEach(route -> add(route.match().endpoint(), route.origin(), unknown));
        api.service().callers().forEach(rule -> add(rule.endpoint(), rule.origin(), unknown));
        return unknown.entrySet().stream()
                .map(method -> new Problem(
                        "method.unknown",
                        api.id(),
                        "names the method '" + method.getKey()
                                + "', which no standard knows: a rule for it holds for no other",
                        Spelling.near(method.getKey(), COMMON)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("nothing, if clients do send it"),
                        method.getValue()))
                .toList();
    }

    private static void add(Endpoint endpoint, Origin origin, Map<String, Origin> unknown) {
        for (String method : endpoint.methods()) {
            if (!COMMON.contains(method) && !REGISTERED.contains(method)) {
                unknown.putIfAbsent(method, origin);
            }
        }
    }
}
