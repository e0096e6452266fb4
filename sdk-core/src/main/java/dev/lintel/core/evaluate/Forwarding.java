package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the version and the path of a request that may pass. */
final class Forwarding {
    private Forwarding() {}

    static Forward toService(
            ApiModel api,
            @Nullable AccessRule rule,
            @Nullable Route route,
            @Nullable Rewrite rewrite,
            String path,
            Request request,
            Draw draw,
            @Nullable Trace trace) {
        String forwardPath = rewrite == null ? path : rewrite.apply(path);
        if (trace != null && route != null) {
            trace.route(route, api.service().split());
        }
        String version = route == null ? null : route.version();
        SplitRule split = version == null ? api.service().split() : null;
        boolean remember = false;
        if (split != null) {
            String kept = kept(split, request);
            version = kept == null ? Shares.draw(split, draw) : kept;
            remember = kept == null && byCookie(split);
            if (trace != null) {
                trace.split(split, version, kept != null);
            }
        } else if (trace != null && version == null) {
            trace.noSplit();
        }
        if (trace != null && rewrite != null) {
            trace.rewrite(rewrite, forwardPath);
        }
        return new Forward(api, rule, route, version, path, forwardPath, remember, List.of(), null);
    }

    static Forward inMesh(ApiModel api, String path, Request request, Draw draw, @Nullable Trace trace) {
        return toService(api, null, null, null, path, request, draw, trace);
    }

    /** The version that a caller is kept on; null if it is to be drawn. */
    private static @Nullable String kept(SplitRule split, Request request) {
        SplitRule.Sticky sticky = split.sticky();
        if (sticky == null) {
            return null;
        }
        if (sticky.by() == SplitRule.By.COOKIE) {
            String version = request.cookie(sticky.name());
            return version != null && Shares.takesPart(split, version) ? version : null;
        }
        String caller = request.header(sticky.name());
        return caller == null ? null : Shares.byHash(split, caller);
    }

    private static boolean byCookie(SplitRule split) {
        return split.sticky() != null && split.sticky().by() == SplitRule.By.COOKIE;
    }
}
