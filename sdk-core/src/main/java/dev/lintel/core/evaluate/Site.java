package dev.lintel.core.evaluate;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The APIs at one host: one that has all of its paths, or several that share them. */
final class Site {
    private static final Request ANY = RequestValue.of("GET", "any", "/", null);

    private final @Nullable CompiledApi whole;
    private final PathIndex<Part> parts;

    private Site(@Nullable CompiledApi whole, List<Part> parts) {
        this.whole = whole;
        this.parts = PathIndex.of(parts, part -> Match.of(new Endpoint(List.of(), part.paths)));
    }

    private record Part(PathPattern paths, CompiledApi api) {}

    static Site of(List<CompiledApi> apis) {
        List<Part> parts = new ArrayList<>();
        for (CompiledApi api : apis) {
            if (api.model.entry().paths().isEmpty()) {
                return new Site(api, List.of());
            }
            api.model.entry().paths().forEach(paths -> parts.add(new Part(paths, api)));
        }
        return new Site(null, parts);
    }

    /** The one API that has all paths; null if they are shared. */
    @Nullable
    CompiledApi whole() {
        return whole;
    }

    /** The API to which a path in normal form belongs; null if it belongs to none. */
    @Nullable
    CompiledApi at(String path) {
        if (whole != null) {
            return whole;
        }
        Part part = parts.find(path, ANY);
        return part == null ? null : part.api;
    }
}
