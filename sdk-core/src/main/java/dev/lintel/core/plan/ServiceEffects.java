package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes about where requests go, and how they are treated on their way; none of it widens access. */
final class ServiceEffects {
    private final Tale tale;

    private ServiceEffects(Tale tale) {
        this.tale = tale;
    }

    static List<Effect> between(ApiModel before, ApiModel now) {
        Tale tale = new Tale(now.origin());
        ServiceEffects told = new ServiceEffects(tale);
        told.entry(before.entry(), now.entry());
        told.split(before.service().split(), now.service().split());
        told.service(before.service(), now.service());
        TrafficEffects.tell(before.service().traffic(), now.service().traffic(), tale);
        return tale.effects();
    }

    private void entry(Entry before, Entry now) {
        for (Two<Route> route :
                Two.of(before.routes(), now.routes(), r -> r.match().toString())) {
            Route counts = route.is() == null ? route.was() : route.is();
            String verb = counts != null && counts.answer() != null ? " is " : " goes to ";
            Origin origin = tale.origin(route.is(), Route::origin);
            tale.compare(route.name() + verb, route.was(), route.is(), Words::target, origin);
        }
        for (Two<Rewrite> rewrite :
                Two.of(before.rewrites(), now.rewrites(), r -> r.from().toString())) {
            Origin origin = tale.origin(rewrite.is(), Rewrite::origin);
            tale.compare("paths of " + rewrite.name() + " become ", rewrite.was(), rewrite.is(), Rewrite::to, origin);
        }
        headers(before.headers(), now.headers());
    }

    private void headers(HeaderChanges before, HeaderChanges now) {
        String there = "request header ";
        String back = "response header ";
        tale.values(there, " is set to ", before.request(), now.request());
        tale.values(back, " is set to ", before.response(), now.response());
        tale.values(
                there, " is added: ", before.more().addToRequest(), now.more().addToRequest());
        tale.values(
                back, " is added: ", before.more().addToResponse(), now.more().addToResponse());
        tale.values(
                there,
                " ",
                removed(before.more().removeFromRequest()),
                removed(now.more().removeFromRequest()));
        tale.values(
                back,
                " ",
                removed(before.more().removeFromResponse()),
                removed(now.more().removeFromResponse()));
    }

    private static Map<String, String> removed(List<String> names) {
        Map<String, String> removed = new LinkedHashMap<>();
        names.forEach(name -> removed.put(name, "is removed"));
        return removed;
    }

    private void split(@Nullable SplitRule before, @Nullable SplitRule now) {
        Origin origin = tale.origin(now, SplitRule::origin);
        if (now == null && before != null) {
            tale.tell("calls are no longer shared among versions", origin);
            return;
        }
        for (Two<Share> share : Two.of(shares(before), shares(now), Share::version)) {
            int was = share.was() == null ? 0 : share.was().weight();
            int is = share.is() == null ? 0 : share.is().weight();
            if (was != is || before == null) {
                tale.tell(share.name() + " share " + was + " -> " + is + " %", origin);
            }
        }
        tale.compare(
                "callers are kept on their version by ",
                before == null ? null : before.sticky(),
                now == null ? null : now.sticky(),
                Words::sticky,
                origin);
    }

    private static List<Share> shares(@Nullable SplitRule split) {
        return split == null ? List.of() : split.shares();
    }

    private void service(Service before, Service now) {
        Origin here = tale.here();
        for (Two<Version> version : Two.of(before.versions(), now.versions(), Version::name)) {
            tale.compare("version " + version.name() + " is ", version.was(), version.is(), Words::version, here);
        }
        tale.compare("calls go to service ", before, now, service -> service.name() + ":" + service.port(), here);
        tale.compare("workloads are found by ", before, now, service -> Words.labels(service.labels()), here);
        Origin grpc = tale.origin(now.grpc(), GrpcRule::origin);
        tale.compare("the service speaks ", before, now, service -> service.grpc() == null ? "HTTP" : "gRPC", grpc);
        Origin retry = tale.origin(now.retry(), RetryRule::origin);
        tale.compare("a failed call is tried again ", before.retry(), now.retry(), Words::retry, retry);
        Origin timeout = tale.origin(now.timeout(), TimeoutRule::origin);
        tale.compare("a call may take ", before.timeout(), now.timeout(), Words::timeout, timeout);
    }
}
