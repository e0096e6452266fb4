package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects of anybody those come from that were made of them, so that problems and rules name what somebody wrote:
 * the object and the field, as in {@code VirtualService shop/web spec.http[2]}.
 */
final class ForeignPlaces {
    private static final Pattern HTTP = Pattern.compile("spec\\.http\\[([0-9]{1,6})\\]");
    private static final Pattern JWT_RULE = Pattern.compile("spec\\.jwtRules\\[([0-9]{1,6})\\]");
    private static final Pattern FIELD = Pattern.compile("spec[A-Za-z0-9_.\\[\\]/-]*: ");

    private static final Pattern PATHS = Pattern.compile("does otherwise with '([^']*)' than with '([^']*)'");

    /** By an object, where each of its routes stood. */
    private final Map<String, List<String>> routes = new LinkedHashMap<>();

    /** By an object, where each of its issuers stood. */
    private final Map<String, List<String>> issuers = new LinkedHashMap<>();

    private final Map<String, List<Manifest>> policies = new LinkedHashMap<>();
    private final Map<String, Manifest> made = new LinkedHashMap<>();

    /** Says where the routes of an object stood before; empty for one that nobody wrote. */
    void routes(String id, List<String> places) {
        routes.put(id, places.stream().map(this::place).toList());
    }

    /**
     * Says of which policies those of an API were made.
     *
     * @param of the policies that say who may call
     * @param tokens where each issuer was said, as in {@code RequestAuthentication shop/tokens spec.jwtRules[0]}
     */
    void policies(List<Manifest> written, List<Manifest> of, List<String> tokens) {
        for (Manifest one : written) {
            policies.put(one.id(), List.copyOf(of));
            if (one.kind().equals(Meta.REQUEST_AUTHENTICATION)) {
                issuers.put(one.id(), tokens);
            }
        }
    }

    /** Keeps an object with routes that was made here. */
    Manifest made(Manifest object, List<String> places) {
        made.put(object.id(), object);
        routes(object.id(), places);
        return object;
    }

    /** A field of an object, as it was written. */
    private String place(String said) {
        int space = said.indexOf(' ', said.indexOf(' ') + 1);
        if (space < 0) {
            return said;
        }
        String object = said.substring(0, space);
        Matcher http = HTTP.matcher(said.substring(space + 1));
        List<String> known = routes.getOrDefault(object, List.of());
        if (http.lookingAt() && Integer.parseInt(http.group(1)) < known.size()) {
            String found = known.get(Integer.parseInt(http.group(1)));
            return found.isEmpty() ? said : found + said.substring(space + 1 + http.end());
        }
        return said;
    }

    /** The problem of a route as one of the delegate that has the route. */
    Problem ofDelegates(Problem problem) {
        if (made.containsKey(problem.path()) || !routes.containsKey(problem.path())) {
            return problem;
        }
        String place = place(problem.path() + " " + problem.message());
        int space = place.indexOf(' ', place.indexOf(' ') + 1);
        return with(problem, place.substring(0, space), place.substring(space + 1));
    }

    /** The problem as one of the object that somebody wrote. */
    Problem named(Problem problem) {
        List<String> rules = issuers.getOrDefault(problem.path(), List.of());
        Matcher rule = JWT_RULE.matcher(problem.message());
        if (rule.lookingAt() && Integer.parseInt(rule.group(1)) < rules.size()) {
            String place = rules.get(Integer.parseInt(rule.group(1)));
            int space = place.indexOf(' ', place.indexOf(' ') + 1);
            String field = place.substring(space + 1) + problem.message().substring(rule.end());
            return with(problem, place.substring(0, space), field);
        }
        List<Manifest> of = policies.getOrDefault(problem.path(), List.of());
        if (!of.isEmpty()) {
            Matcher field = FIELD.matcher(problem.message());
            String what = field.lookingAt() ? problem.message().substring(field.end()) : problem.message();
            List<String> apart = apart(of, what);
            if (apart.size() == 1) {
                int space = apart.get(0).indexOf(' ', apart.get(0).indexOf(' ') + 1);
                return with(
                        problem, apart.get(0).substring(0, space), apart.get(0).substring(space + 1) + ": " + what);
            }
            List<String> others = of.stream().skip(1).map(Manifest::id).toList();
            return with(problem, of.get(0).id(), "spec: " + (others.isEmpty() ? "" : "with " + others + " ") + what);
        }
        List<String> known = routes.get(problem.path());
        if (known == null) {
            return problem;
        }
        String place = place(problem.path() + " " + problem.message());
        if (place.startsWith(problem.path() + " ")) {
            String first =
                    known.stream().filter(one -> !one.isEmpty()).findFirst().orElse("");
            Matcher field = FIELD.matcher(problem.message());
            String what = field.lookingAt() ? problem.message().substring(field.end()) : problem.message();
            place = first.isEmpty() || !made.containsKey(problem.path())
                    ? place
                    : first.substring(0, first.indexOf(" spec")) + " spec.http: " + what;
        }
        int space = place.indexOf(' ', place.indexOf(' ') + 1);
        return with(problem, place.substring(0, space), place.substring(space + 1));
    }

    /** The rules that tell two paths apart of which a problem speaks. */
    private static List<String> apart(List<Manifest> policies, String message) {
        Matcher paths = PATHS.matcher(message);
        List<String> apart = new ArrayList<>();
        for (Manifest policy : paths.lookingAt() ? policies : List.<Manifest>of()) {
            List<Fields> rules = new Fields(policy.id(), "spec", policy.spec(), new ArrayList<>()).maps("rules");
            for (Fields rule : rules) {
                for (Fields to : rule.maps("to")) {
                    Fields operation = to.map("operation");
                    List<String> named = operation.texts("paths");
                    named.addAll(operation.texts("notPaths"));
                    boolean one = named.stream().anyMatch(path -> ForeignSource.matches(path, paths.group(1)));
                    boolean other = named.stream().anyMatch(path -> ForeignSource.matches(path, paths.group(2)));
                    if (one != other && !apart.contains(rule.place())) {
                        apart.add(rule.place());
                    }
                }
            }
        }
        return apart;
    }

    private static Problem with(Problem problem, String path, String message) {
        return new Problem(problem.code(), path, message, problem.hint(), problem.origin());
    }

    /** The API with the places of its routes and access rules. */
    ApiModel origins(ApiModel api) {
        String entry = Meta.VIRTUAL_SERVICE + " " + api.namespace() + "/" + api.name() + "-entry";
        Manifest object = made.get(entry);
        if (object == null) {
            return api;
        }
        List<String> known = routes.getOrDefault(entry, List.of());
        String first = known.stream().filter(one -> !one.isEmpty()).findFirst().orElse("");
        List<Route> all = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            String place = route(object, known, route.match().endpoint());
            all.add(new Route(
                    route.match(), route.version(), route.answer(), Origin.at(place.isEmpty() ? first : place, 0)));
        }
        List<Manifest> asked =
                policies.getOrDefault(Meta.AUTHORIZATION_POLICY + " " + api.namespace() + "/" + api.name(), List.of());
        List<AccessRule> rules = new ArrayList<>();
        for (AccessRule rule : api.entry().access().rules()) {
            rules.add(new AccessRule(
                    rule.endpoint(), rule.requirement(), Origin.at(policy(asked, rule.endpoint(), first), 0)));
        }
        Entry said = api.entry();
        Access access = new Access(said.access().issuers(), said.access().audiences(), rules);
        Entry named = new Entry(
                said.hosts(),
                access,
                all,
                said.rewrites(),
                said.headers(),
                said.pathParameters(),
                said.paths(),
                said.authorizer(),
                said.login());
        return new ApiModel(
                api.name(), api.namespace(), named, api.service(), api.guards(), Origin.at(first, 0), api.front());
    }

    /** The first route that takes such a request, as far as path and method tell. */
    private static String route(Manifest object, List<String> places, Endpoint endpoint) {
        List<Fields> http = new Fields(object.id(), "spec", object.spec(), new ArrayList<>()).maps("http");
        for (int i = 0; i < http.size() && i < places.size(); i++) {
            List<Fields> matches = http.get(i).maps("match");
            if (matches.isEmpty() || matches.stream().anyMatch(match -> takes(match, endpoint))) {
                return places.get(i);
            }
        }
        return "";
    }

    private static boolean takes(Fields match, Endpoint endpoint) {
        Fields method = match.map("method");
        String one = method.text("exact");
        boolean methods = one == null || endpoint.methods().isEmpty() || endpoint.allows(one);
        Fields uri = match.map("uri");
        String path = sample(endpoint.path());
        String exact = uri.text("exact");
        String prefix = uri.text("prefix");
        String regex = uri.text("regex");
        boolean fits = exact != null
                ? exact.equals(path)
                : prefix != null
                        ? path.startsWith(prefix)
                        : regex == null
                                || PathExpression.regex(regex)
                                        .filter(found -> found.node().matches(path))
                                        .isPresent();
        return methods && fits;
    }

    private static String sample(PathPattern pattern) {
        StringBuilder node = new StringBuilder();
        pattern.segments()
                .forEach(segment -> node.append('/').append(PathPattern.isTemplate(segment) ? "one" : segment));
        return node.length() == 0 ? "/" : node.toString();
    }

    /** The first rule that speaks of such a path; the first policy if none does. */
    private static String policy(List<Manifest> asked, Endpoint endpoint, String otherwise) {
        String path = sample(endpoint.path());
        for (Manifest policy : asked) {
            List<Fields> rules = new Fields(policy.id(), "spec", policy.spec(), new ArrayList<>()).maps("rules");
            for (int i = 0; i < rules.size(); i++) {
                for (Fields to : rules.get(i).maps("to")) {
                    List<String> paths = to.map("operation").texts("paths");
                    if (paths.stream().anyMatch(one -> ForeignSource.matches(one, path))) {
                        return policy.id() + " spec.rules[" + i + "]";
                    }
                }
            }
        }
        return asked.isEmpty() ? otherwise : asked.get(0).id() + " spec";
    }
}
