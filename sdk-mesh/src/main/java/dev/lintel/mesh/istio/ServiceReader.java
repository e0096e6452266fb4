package dev.lintel.mesh.istio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.mesh.istio.Hits.Hit;
import dev.lintel.mesh.istio.HttpRule.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what governs every call to a service from the routes for calls from inside, and checks that the routes for
 * requests from outside say the same.
 */
final class ServiceReader {
    /** Stands for every method that no rule names. */
    static final String OTHER = "OTHER";

    private final VersionNames versions;
    private final Fields place;
    private final String service;
    private final Set<Integer> ports = new TreeSet<>();
    private @Nullable SplitRule split;
    private @Nullable RetryRule retry;
    private @Nullable TimeoutRule timeout;

    /** Where a call goes: to a version, or, with null, by the split. */
    record Choice(
            Map<String, String> headers,
            Map<String, String> query,
            @Nullable String version) {}

    ServiceReader(VersionNames versions, List<HttpRule> calls, Fields place) {
        this.versions = versions;
        this.place = place;
        this.service = versions.service();
        if (!calls.isEmpty()) {
            inside(calls);
        }
    }

    Service service(Map<String, String> labels) {
        if (ports.size() > 1) {
            place.problem("goes to several ports: " + ports);
        }
        int port = ports.isEmpty() ? 80 : ports.iterator().next();
        return new Service(service, port, labels, versions.sorted(), split, retry, timeout);
    }

    private void inside(List<HttpRule> calls) {
        Set<String> methods = Hits.methods(calls);
        methods.add(OTHER);
        Hit last = null;
        for (String method : methods) {
            List<Hit> hits = Hits.of(calls, "/", method);
            boolean plain = hits.stream()
                    .allMatch(hit -> hit.entry().path() == null
                            && hit.entry().headers().isEmpty()
                            && hit.entry().query().isEmpty()
                            && hit.action().status() == 0
                            && hit.action().headers().isEmpty()
                            && hit.action().rewrite().to() == null);
            if (!Hits.isComplete(hits) || !plain) {
                place.problem("tells calls from inside apart by more than their method");
                return;
            }
            Hit end = hits.get(hits.size() - 1);
            if (last == null) {
                split = split(hits);
                retry = retry(end);
                timeout = timeout(end);
            }
            last = end;
        }
        Hit other = Hits.of(calls, "/", OTHER).get(0);
        if (retry != null && other.action().retries() != null) {
            boolean all = other.action().retries().on().equals(Retries.ALL);
            retry = new RetryRule(retry.attempts(), retry.perTry(), all, Origin.unknown());
        }
        for (String method : methods) {
            choices(Hits.of(calls, "/", method), method);
        }
    }

    /**
     * What some rules choose for one method; checks that they say about calls what is said inside.
     *
     * @param hits complete
     */
    @CanIgnoreReturnValue
    List<Choice> choices(List<Hit> hits, String method) {
        List<Choice> choices = new ArrayList<>();
        List<Hit> kept = new ArrayList<>();
        for (Hit hit : hits) {
            governed(hit, method);
            if (hit.entry().cookie() != null) {
                kept.add(hit);
                continue;
            }
            List<Hit> together = new ArrayList<>(kept);
            together.add(hit);
            kept.clear();
            choices.add(new Choice(hit.entry().headers(), hit.entry().query(), chosen(together)));
        }
        if (!kept.isEmpty()) {
            place.problem("keeps callers by a cookie that nothing sets");
        }
        return choices;
    }

    private void governed(Hit hit, String method) {
        hit.action().shares().forEach(share -> ports.add(share.port()));
        TimeoutRule limit = timeout(hit);
        if (limit == null ? timeout != null : !limit.equals(timeout)) {
            place.problem("limits some calls otherwise in time than others");
        }
        HttpRule.Retry said = hit.action().retries();
        boolean all = retry != null && (retry.nonIdempotent() || Retries.IDEMPOTENT.contains(method));
        HttpRule.Retry meant = retry == null
                ? new HttpRule.Retry(0, null, "")
                : new HttpRule.Retry(retry.attempts(), retry.perTry(), all ? Retries.ALL : Retries.UNSENT);
        if (!meant.equals(said)) {
            place.problem("tries " + method + " again otherwise than other calls: " + said);
        }
    }

    private @Nullable String chosen(List<Hit> hits) {
        Hit last = hits.get(hits.size() - 1);
        List<Share> shares = last.action().shares();
        boolean one = hits.size() == 1 && shares.size() == 1 && shares.get(0).cookie() == null;
        if (one) {
            Optional<String> version = version(shares.get(0));
            if (version.isPresent() || split == null) {
                return version.orElse(null);
            }
        }
        if (split == null || !split.equals(split(hits))) {
            place.problem("shares requests otherwise than calls from inside");
        }
        return null;
    }

    private Optional<String> version(Share share) {
        return versions.version(share.service(), share.subset());
    }

    /** The split that some rules make together; null if they send everything to any workload. */
    private @Nullable SplitRule split(List<Hit> hits) {
        Hit last = hits.get(hits.size() - 1);
        List<SplitRule.Share> shares = new ArrayList<>();
        Map<String, String> cookies = new LinkedHashMap<>();
        String cookie = null;
        List<Share> said = last.action().shares();
        for (Share share : said) {
            Optional<String> version = version(share);
            if (version.isEmpty()) {
                if (said.size() > 1 || hits.size() > 1) {
                    place.problem("gives a share to all workloads of the service");
                }
                return null;
            }
            shares.add(new SplitRule.Share(version.get(), said.size() == 1 ? 100 : Math.max(0, share.weight())));
            if (share.cookie() != null) {
                cookie = share.cookie().name();
                cookies.put(share.cookie().name() + "=" + share.cookie().value(), version.get());
            }
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (Hit hit : hits.subList(0, hits.size() - 1)) {
            StickyCookie.Cookie by = hit.entry().cookie();
            List<Share> to = hit.action().shares();
            boolean same = hit.entry().headers().equals(last.entry().headers())
                    && hit.entry().query().equals(last.entry().query());
            if (by != null && same && to.size() == 1 && to.get(0).cookie() == null) {
                kept.put(by.name() + "=" + by.value(), version(to.get(0)).orElse(""));
            }
        }
        boolean sticky = !cookies.isEmpty() || hits.size() > 1;
        boolean named = cookies.size() == shares.size()
                && shares.stream().allMatch(share -> cookies.containsValue(share.version()))
                && cookies.entrySet().stream().allMatch(each -> each.getKey().endsWith("=" + each.getValue()));
        if (sticky && (!named || !kept.equals(cookies) || kept.size() != hits.size() - 1)) {
            place.problem("does not keep callers on the version that the cookie names");
        }
        return new SplitRule(
                shares, cookie == null ? null : new SplitRule.Sticky(SplitRule.By.COOKIE, cookie), Origin.unknown());
    }

    private static @Nullable RetryRule retry(Hit hit) {
        HttpRule.Retry said = hit.action().retries();
        return said == null || said.attempts() == 0
                ? null
                : new RetryRule(said.attempts(), said.perTry(), false, Origin.unknown());
    }

    private static @Nullable TimeoutRule timeout(Hit hit) {
        Duration total = hit.action().timeout();
        return total == null ? null : new TimeoutRule(total, Origin.unknown());
    }
}
