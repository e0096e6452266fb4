package dev.lintel.mesh.verify;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Methods and paths at which the rules of one API can be asked, and those right beside them. */
final class ProbePaths {
    /** What stands for any name. */
    static final String NAME = "lintel-probe";

    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

    private final Consumer<Endpoint> unsafe;
    private final Set<Place> places = new LinkedHashSet<>();

    private ProbePaths(Consumer<Endpoint> unsafe) {
        this.unsafe = unsafe;
    }

    /**
     * Where one request goes.
     *
     * @param method of the request
     * @param path in normal form
     */
    record Place(String method, String path) {
        boolean isSafe() {
            return SAFE.contains(method);
        }
    }

    /**
     * All of one API.
     *
     * @param unsafe is told of what only methods reach that change something
     */
    static List<Place> of(ApiModel api, Consumer<Endpoint> unsafe) {
        ProbePaths paths = new ProbePaths(unsafe);
        List<Endpoint> said = new ArrayList<>();
        api.entry().access().rules().stream().map(AccessRule::endpoint).forEach(said::add);
        api.service().callers().stream().map(CallerRule::endpoint).forEach(said::add);
        said.forEach(paths::add);
        said.forEach(paths::addBeside);
        List<PathPattern> own = api.entry().paths().isEmpty()
                ? List.of(PathPattern.ANY)
                : api.entry().paths();
        own.forEach(pattern -> paths.places.add(new Place(SAFE.get(0), path(pattern))));
        return List.copyOf(paths.places);
    }

    private void add(Endpoint endpoint) {
        Place place = new Place(method(endpoint), path(endpoint.path()));
        if (!place.isSafe()) {
            unsafe.accept(endpoint);
        }
        places.add(place);
    }

    /** A rule ends at a whole segment. */
    private void addBeside(Endpoint endpoint) {
        List<String> segments = endpoint.path().segments();
        if (!segments.isEmpty()) {
            PathPattern node = new PathPattern(segments, false);
            places.add(new Place(method(endpoint), path(node) + "-" + NAME));
        }
    }

    private static String method(Endpoint endpoint) {
        if (endpoint.methods().isEmpty()) {
            return SAFE.get(0);
        }
        return SAFE.stream()
                .filter(endpoint.methods()::contains)
                .findFirst()
                .orElseGet(() -> endpoint.methods().get(0));
    }

    private static String path(PathPattern pattern) {
        StringBuilder path = new StringBuilder();
        pattern.segments()
                .forEach(segment -> path.append('/').append(PathPattern.isTemplate(segment) ? NAME : segment));
        if (pattern.subtree()) {
            path.append('/').append(NAME);
        }
        return path.isEmpty() ? "/" : path.toString();
    }
}
