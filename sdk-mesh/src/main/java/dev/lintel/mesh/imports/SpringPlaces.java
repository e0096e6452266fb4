package dev.lintel.mesh.imports;

import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.part;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.YamlLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which lines the routes of Spring Cloud Gateway stand, also those that were put as routes of a mesh. */
final class SpringPlaces {
    private static final Pattern STEP = Pattern.compile("(filter|predicate) ([A-Za-z0-9]+).*", Pattern.DOTALL);
    private static final Pattern HTTP = Pattern.compile("spec\\.http\\[([0-9]{1,6})\\](.*)", Pattern.DOTALL);
    private static final String FILE = "text";

    private final List<YamlLines> documents;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, List<String>> put = new LinkedHashMap<>();

    SpringPlaces(String text) {
        this.documents = YamlLines.of(text);
    }

    private record Place(int document, String path, Map<String, Object> said) {}

    void route(String id, int document, String path, Map<String, Object> said) {
        places.putIfAbsent(id, new Place(document, path, said));
    }

    /** Says which route each rule of an object was made of. */
    void put(String object, List<String> routes) {
        put.put(object, List.copyOf(routes));
    }

    /** A problem of a route, with its field and its line. */
    Problem problem(String id, String message) {
        String hint = "say it by hand; what it means for requests is not carried over";
        Place place = places.get(id);
        if (place == null) {
            Origin line = documents.isEmpty() ? Origin.unknown() : line(0, id + "." + message);
            return new Problem("spring.unread", id, message, hint, line);
        }
        String field = step(place.said(), message);
        String where = place.path() + (field.isEmpty() ? "" : "." + field);
        return new Problem(
                "spring.unread",
                id,
                where + ": " + message,
                hint,
                line(place.document(), field.isEmpty() ? where + "." + message : where));
    }

    /** A problem of what the routes were put as. */
    Problem named(Problem problem) {
        Matcher http = HTTP.matcher(problem.message());
        List<String> routes = put.getOrDefault(problem.path(), List.of());
        if (routes.isEmpty()) {
            return problem;
        }
        int at = http.matches() ? Integer.parseInt(http.group(1)) : 0;
        String id = at < routes.size() ? routes.get(at) : routes.get(0);
        Place place = places.get(id);
        String message = http.matches()
                ? http.group(2).replaceFirst("^[^:]*: ", "")
                : problem.message().replaceFirst("^spec[^:]*: ", "");
        return place == null
                ? problem
                : new Problem(
                        problem.code(),
                        id,
                        place.path() + ": " + message,
                        problem.hint(),
                        line(place.document(), place.path()));
    }

    /** The model with the lines of the routes. */
    MeshModel named(MeshModel model) {
        List<ApiModel> apis = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            Entry entry = api.entry();
            List<Route> routes = entry.routes().stream()
                    .map(route -> new Route(route.match(), route.version(), route.answer(), named(route.origin())))
                    .toList();
            Entry named = new Entry(
                    entry.hosts(),
                    entry.access(),
                    routes,
                    entry.rewrites(),
                    entry.headers(),
                    entry.pathParameters(),
                    entry.paths(),
                    entry.authorizer(),
                    entry.login());
            apis.add(new ApiModel(
                    api.name(), api.namespace(), named, api.service(), api.guards(), named(api.origin()), api.front()));
        }
        return new MeshModel(apis, model.egress(), model.isolations());
    }

    private Origin named(Origin origin) {
        String text = Origin.orUnknown(origin).toString();
        int field = text.indexOf(" spec");
        List<String> routes = field < 0 ? List.of() : put.getOrDefault(text.substring(0, field), List.of());
        Matcher http = HTTP.matcher(field < 0 ? "" : text.substring(field + 1));
        int at = http.matches() ? Integer.parseInt(http.group(1)) : 0;
        Place place = at < routes.size() ? places.get(routes.get(at)) : null;
        if (place == null) {
            return Origin.unknown();
        }
        String line = line(place.document(), place.path()).toString();
        return Origin.at(routes.get(at) + " at " + line, 0);
    }

    private Origin line(int document, String path) {
        return document < documents.size()
                ? Origin.at(FILE, documents.get(document).at(path).line())
                : Origin.unknown();
    }

    /** The filter or predicate of which a message speaks; empty if it speaks of none. */
    private static String step(Map<String, Object> said, String message) {
        Matcher step = STEP.matcher(message);
        if (!step.matches()) {
            return "";
        }
        String name = step.group(1) + "s";
        int number = 0;
        for (Object each : list(part(Map.of("route", said), "route"), name)) {
            Object named = each instanceof Map<?, ?> map ? map.get("name") : each;
            if (String.valueOf(named).startsWith(step.group(2))) {
                return name + "[" + number + "]";
            }
            number++;
        }
        return "";
    }
}
