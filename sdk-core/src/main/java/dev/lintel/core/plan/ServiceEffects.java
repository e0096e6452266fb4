package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What changes about where requests go, and how they are treated on their way; none of it widens access. */
final class ServiceEffects {
    private final Origin here;
    private final List<Effect> effects = new ArrayList<>();

    private ServiceEffects(Origin here) {
        this.here = here;
    }

    static List<Effect> between(ApiModel before, ApiModel now) {
        ServiceEffects told = new ServiceEffects(now.origin());
        told.entry(before.entry(), now.entry());
        told.split(before.service().split(), now.service().split());
        told.service(before.service(), now.service());
        return told.effects;
    }

    private void entry(Entry before, Entry now) {
        for (Two<Route> route :
                Two.of(before.routes(), now.routes(), r -> r.match().toString())) {
            Origin origin = route.is() == null ? here : route.is().origin();
            compare(route.name() + " goes to ", route.was(), route.is(), Words::target, origin);
        }
        for (Two<Rewrite> rewrite :
                Two.of(before.rewrites(), now.rewrites(), r -> r.from().toString())) {
            Origin origin = rewrite.is() == null ? here : rewrite.is().origin();
            compare("paths of " + rewrite.name() + " become ", rewrite.was(), rewrite.is(), Rewrite::to, origin);
        }
        headers("request", before.headers().request(), now.headers().request());
        headers("response", before.headers().response(), now.headers().response());
    }

    private void headers(String way, Map<String, String> before, Map<String, String> now) {
        for (Two<String> header : Two.of(before, now)) {
            compare(way + " header " + header.name() + " is set to ", header.was(), header.is(), v -> v, here);
        }
    }

    private void split(@Nullable SplitRule before, @Nullable SplitRule now) {
        Origin origin = now == null ? here : now.origin();
        if (now == null && before != null) {
            tell("calls are no longer shared among versions", origin);
            return;
        }
        for (Two<Share> share : Two.of(shares(before), shares(now), Share::version)) {
            int was = share.was() == null ? 0 : share.was().weight();
            int is = share.is() == null ? 0 : share.is().weight();
            if (was != is || before == null) {
                tell(share.name() + " share " + was + " -> " + is + " %", origin);
            }
        }
        compare(
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
        for (Two<Version> version : Two.of(before.versions(), now.versions(), Version::name)) {
            compare("version " + version.name() + " is ", version.was(), version.is(), Words::version, here);
        }
        compare("calls go to service ", before, now, service -> service.name() + ":" + service.port(), here);
        compare("workloads are found by ", before, now, service -> Words.labels(service.labels()), here);
        Origin retry = now.retry() == null ? here : now.retry().origin();
        compare("a failed call is tried again ", before.retry(), now.retry(), Words::retry, retry);
        Origin timeout = now.timeout() == null ? here : now.timeout().origin();
        compare("a call may take ", before.timeout(), now.timeout(), Words::timeout, timeout);
    }

    /** Tells a difference that shows in words; what is not there is told as such. */
    private <T> void compare(
            String text, @Nullable T before, @Nullable T now, Function<T, String> words, Origin origin) {
        String was = before == null ? null : words.apply(before);
        String is = now == null ? null : words.apply(now);
        if (is == null && was != null) {
            tell("no longer: " + text + was, origin);
        } else if (is != null && !Objects.equals(was, is)) {
            tell(text + is + (was == null ? "" : " (was: " + was + ")"), origin);
        }
    }

    private void tell(String text, Origin origin) {
        effects.add(new Effect(text, false, origin));
    }
}
