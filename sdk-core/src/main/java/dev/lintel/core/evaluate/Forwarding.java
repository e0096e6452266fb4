package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what becomes of a request that may pass: a fault, an answer, or the version and the path that it goes to. */
final class Forwarding {
    private Forwarding() {}

    /** A request that enters by an exposed host. */
    static Decision enter(
            CompiledApi api,
            @Nullable AccessRule rule,
            String path,
            Request request,
            Draw draw,
            @Nullable Trace trace) {
        FaultRule fault = api.model.service().traffic().fault();
        Duration delay = fault == null ? null : Faults.delay(fault, draw, trace);
        if (fault != null && Faults.aborts(fault, draw, trace)) {
            return Faults.reply(api.model, rule, fault, delay);
        }
        Route route = api.routes.find(path, request);
        if (route != null && route.answer() != null && !Answers.isThere(route.answer(), request)) {
            return Answers.reply(api.model, rule, route, path, request, delay, trace);
        }
        Rewrite rewrite = api.rewrites.find(path, request);
        return toService(api.model, rule, route, rewrite, path, request, delay, draw, trace);
    }

    /** A call from inside, which entry policies do not govern. */
    static Decision inMesh(ApiModel api, String path, Request request, Draw draw, @Nullable Trace trace) {
        FaultRule fault = api.service().traffic().fault();
        Duration delay = fault == null ? null : Faults.delay(fault, draw, trace);
        return fault != null && Faults.aborts(fault, draw, trace)
                ? Faults.reply(api, null, fault, delay)
                : toService(api, null, null, null, path, request, delay, draw, trace);
    }

    private static Forward toService(
            ApiModel api,
            @Nullable AccessRule rule,
            @Nullable Route route,
            @Nullable Rewrite rewrite,
            String path,
            Request request,
            @Nullable Duration delay,
            Draw draw,
            @Nullable Trace trace) {
        SplitRule split = api.service().split();
        if (trace != null && route != null) {
            trace.route(route, split);
        }
        String version = route == null ? null : route.version();
        if (version == null) {
            version = Choices.version(api, request, trace);
        }
        boolean remember = false;
        if (version == null && split != null) {
            String kept = Choices.kept(api, split, request);
            version = kept == null ? Shares.draw(split, draw) : kept;
            remember = kept == null && Choices.byCookie(split);
            if (trace != null) {
                trace.split(split, version, kept != null);
            }
        } else if (trace != null && version == null) {
            trace.noSplit();
        }
        List<String> mirrors = mirrors(api.service().traffic().mirrors(), draw, trace);
        String forwardPath = rewrite == null ? path : rewrite.apply(path);
        if (trace != null && rewrite != null) {
            trace.rewrite(rewrite, forwardPath);
        }
        return new Forward(api, rule, route, version, path, forwardPath, remember, mirrors, delay);
    }

    /** Each mirror is drawn by itself, so that a call may be copied to several versions or to none. */
    private static List<String> mirrors(List<MirrorRule> mirrors, Draw draw, @Nullable Trace trace) {
        List<String> copies = null;
        for (int i = 0; i < mirrors.size(); i++) {
            MirrorRule mirror = mirrors.get(i);
            boolean drawn = draw.below(100) < mirror.percent();
            if (drawn) {
                copies = copies == null ? new ArrayList<>(mirrors.size()) : copies;
                copies.add(mirror.version());
            }
            if (trace != null) {
                trace.mirror(mirror, drawn);
            }
        }
        return copies == null ? List.of() : List.copyOf(copies);
    }
}
