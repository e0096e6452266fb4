package dev.lintel.mesh.istio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.istio.Hits.Hit;
import dev.lintel.mesh.istio.HttpRule.Entry;
import dev.lintel.mesh.istio.HttpRule.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final TrafficPolicyReader.Read policy;
    private final Fields place;
    private final Set<Integer> ports = new TreeSet<>();
    private Ways ways = new Ways(List.of(), null);
    private List<MirrorRule> mirrors = List.of();
    private @Nullable RetryRule retry;
    private @Nullable TimeoutRule timeout;
    private @Nullable FaultRule fault;

    /** Where a request goes: to a version, or, with null, by choices and split; or what it is answered. */
    record Said(
            Map<String, String> headers,
            Map<String, String> query,
            @Nullable String version,
            @Nullable Answer answer) {}

    /** Shares of which the last rule of some tells. */
    private record Shares(boolean known, @Nullable SplitRule split) {}

    ServiceReader(VersionNames versions, TrafficPolicyReader.Read policy, List<HttpRule> calls, Fields place) {
        this.versions = versions;
        this.policy = policy;
        this.place = place;
        inside(calls);
    }

    Service service(Map<String, String> labels) {
        if (ports.size() > 1) {
            place.problem("goes to several ports: " + ports);
        }
        if (!policy.equals(TrafficPolicyReader.Read.NOTHING)) {
            versions.unruled()
                    .forEach(host -> place.problem("goes to '" + host + "', of which no DestinationRule says what is"
                            + " said about the service's own calls"));
        }
        int port = ports.isEmpty() ? 80 : ports.iterator().next();
        Traffic traffic = new Traffic(ways.choices(), mirrors, fault, policy.breaker(), policy.balance(), null, null);
        return new Service(
                versions.service(), port, labels, versions.sorted(), ways.split(), retry(), timeout, traffic);
    }

    private @Nullable RetryRule retry() {
        boolean limited = policy.breaker() != null && policy.breaker().limits().maxRetries() != null;
        RetryRule.Budget budget = policy.budget();
        if (retry == null) {
            if (budget != null) {
                place.problem("limits retries, but tries nothing again");
            }
            return null;
        }
        if (limited == (budget != null)) {
            place.problem("limits retries twice or not at all");
        }
        return new RetryRule(
                retry.attempts(),
                retry.perTry(),
                retry.nonIdempotent(),
                retry.on(),
                retry.statuses(),
                retry.backoff(),
                budget == null ? RetryRule.Budget.DEFAULT : budget,
                Origin.unknown());
    }

    /** Takes what some routes, none of which is about a path, say about calls; nothing if there are none. */
    void inside(List<HttpRule> calls) {
        if (calls.isEmpty()) {
            return;
        }
        Set<String> methods = new TreeSet<>(Set.of(OTHER));
        Hits.methods(calls).forEach(methods::addAll);
        for (String method : methods) {
            List<Hit> hits = Hits.of(calls, "/", method);
            boolean plain = hits.stream()
                    .allMatch(hit -> hit.entry().path() == null
                            && hit.entry().query().isEmpty()
                            && hit.action().goesOn()
                            && hit.action().headers().isEmpty()
                            && hit.action().rewrite().to() == null);
            if (!Hits.isComplete(hits) || !plain) {
                place.problem("tells calls from inside apart by more than method, header and cookie");
                return;
            }
        }
        List<Hit> other = Hits.of(calls, "/", OTHER);
        Hit end = other.get(other.size() - 1);
        ways = ways(other);
        timeout = timeout(end);
        fault = end.action().fault();
        mirrors = mirrors(end);
        retry = retry(
                Hits.of(calls, "/", "GET").get(0).action().retries(),
                end.action().retries());
        for (String method : methods) {
            said(Hits.of(calls, "/", method), method);
        }
    }

    /** The sets of methods by which calls are tried again: each alone, so that each that is tried otherwise is told. */
    List<Set<String>> methods() {
        return retry == null
                ? List.of()
                : Retries.IDEMPOTENT.names().stream().map(Set::of).toList();
    }

    private Ways ways(List<Hit> hits) {
        Shares shares = shares(hits.get(hits.size() - 1));
        List<Choice> choices = new ArrayList<>();
        for (Hit hit : hits) {
            Ways found = new Ways(List.copyOf(choices), shares.split());
            if (shares.known() && found.count(hits, 0, hits.get(hits.size() - 1).entry(), this::leads) == hits.size()) {
                return found;
            }
            Optional<Condition> when = Ways.condition(hit.entry());
            Optional<String> version = single(hit);
            if (when.isEmpty() || version.isEmpty()) {
                break;
            }
            choices.add(new Choice(when.get(), version.get(), Origin.unknown()));
        }
        boolean cookies = hits.stream()
                .anyMatch(hit -> hit.entry().cookie() != null
                        || hit.action().shares().stream().anyMatch(share -> share.cookie() != null));
        place.problem(
                cookies
                        ? "does not keep callers on the version that the cookie names, or chooses versions in another way"
                        : "chooses versions in a way that is not known here");
        return new Ways(List.of(), shares.split());
    }

    /**
     * What some rules say for one method; checks that they say about calls what is said inside.
     *
     * @param hits complete
     */
    @CanIgnoreReturnValue
    List<Said> said(List<Hit> hits, String method) {
        List<Said> said = new ArrayList<>();
        hits.stream().filter(hit -> hit.action().goesOn()).forEach(hit -> governed(hit, method));
        int at = 0;
        while (at < hits.size()) {
            Hit hit = hits.get(at);
            Entry common = hit.entry();
            int taken = 0;
            // The widest conditions first, so that one route is read as one.
            for (int i = hits.size() - 1; i >= at && taken == 0; i--) {
                common = hits.get(i).entry();
                taken = common.cookie() == null ? ways.count(hits, at, common, this::leads) : 0;
            }
            Optional<String> version = single(hit);
            if (taken > 0) {
                said.add(new Said(common.headers(), common.query(), null, null));
            } else if (hit.entry().cookie() == null
                    && (version.isPresent() || hit.action().answer() != null)) {
                said.add(new Said(
                        hit.entry().headers(),
                        hit.entry().query(),
                        version.orElse(null),
                        hit.action().answer()));
                taken = 1;
            } else {
                place.problem("shares requests otherwise than calls from inside");
                return said;
            }
            at += taken;
        }
        return said;
    }

    private void governed(Hit hit, String method) {
        HttpRule.Action action = hit.action();
        action.shares().forEach(share -> ports.add(share.port()));
        action.mirrors().forEach(mirror -> ports.add(mirror.to().port()));
        if (!Objects.equals(timeout(hit), timeout)) {
            place.problem("limits some calls otherwise in time than others");
        }
        if (!Objects.equals(action.fault(), fault)) {
            place.problem("makes other faults on some calls than on others");
        }
        if (!mirrors(hit).equals(mirrors)) {
            place.problem("copies some calls otherwise than others");
        }
        HttpRule.Retry meant = Retries.meant(retry, method, Retries.isHashed(policy.balance()));
        if (!meant.equals(action.retries())) {
            HttpRule.Retry said = action.retries();
            place.problem("tries " + method + " again otherwise than other calls"
                    + (said == null ? "" : ": " + said.words()));
        }
    }

    /** Whether a rule leads to a version, or, with null, by the split. */
    private boolean leads(Hit hit, @Nullable String version, @Nullable SplitRule by) {
        if (!hit.action().goesOn()) {
            return false;
        }
        if (version != null) {
            return single(hit).filter(version::equals).isPresent();
        }
        Shares shares = shares(hit);
        return shares.known() && Objects.equals(shares.split(), by);
    }

    /** The one version to which a rule sends everything. */
    private Optional<String> single(Hit hit) {
        List<Share> shares = hit.action().shares();
        return shares.size() == 1 && shares.get(0).cookie() == null ? version(shares.get(0)) : Optional.empty();
    }

    private Optional<String> version(Share share) {
        return versions.version(share.service(), share.subset());
    }

    private Shares shares(Hit hit) {
        List<Share> said = hit.action().shares();
        List<SplitRule.Share> shares = new ArrayList<>();
        Set<String> cookies = new TreeSet<>();
        boolean named = true;
        for (Share share : said) {
            Optional<String> version = version(share);
            if (version.isEmpty()) {
                return new Shares(said.size() == 1 && share.cookie() == null, null);
            }
            shares.add(new SplitRule.Share(version.get(), said.size() == 1 ? 100 : Math.max(0, share.weight())));
            cookies.add(share.cookie() == null ? "" : share.cookie().name());
            named &= share.cookie() == null || share.cookie().value().equals(version.get());
        }
        String cookie = cookies.isEmpty() ? "" : cookies.iterator().next();
        SplitRule.Sticky sticky = cookie.isEmpty() ? null : new SplitRule.Sticky(SplitRule.By.COOKIE, cookie);
        return new Shares(
                named && cookies.size() == 1,
                shares.isEmpty() ? null : new SplitRule(shares, sticky, Origin.unknown()));
    }

    private List<MirrorRule> mirrors(Hit hit) {
        List<MirrorRule> read = new ArrayList<>();
        for (HttpRule.Mirror mirror : hit.action().mirrors()) {
            Optional<String> version = version(mirror.to());
            if (version.isEmpty()) {
                place.problem("copies calls to all workloads of the service");
            } else {
                read.add(new MirrorRule(version.get(), mirror.percent(), Origin.unknown()));
            }
        }
        return read;
    }

    private @Nullable RetryRule retry(HttpRule.@Nullable Retry get, HttpRule.@Nullable Retry other) {
        if (get == null || other == null || get.attempts() == 0) {
            return null;
        }
        Optional<Retries.Conditions> on = Retries.readOn(get.on());
        if (on.isEmpty()) {
            place.problem("tries again after something that is not known: " + get.on());
            return null;
        }
        RetryRule rule = rule(get, on.get(), false);
        return Retries.meant(rule, OTHER, get.elsewhere()).equals(other) ? rule : rule(get, on.get(), true);
    }

    private static RetryRule rule(HttpRule.Retry said, Retries.Conditions on, boolean nonIdempotent) {
        return new RetryRule(
                said.attempts(),
                said.perTry(),
                nonIdempotent,
                on.on(),
                on.statuses(),
                new RetryRule.Backoff(said.backoff(), said.backoff().multipliedBy(10)),
                RetryRule.Budget.DEFAULT,
                Origin.unknown());
    }

    private static @Nullable TimeoutRule timeout(Hit hit) {
        return hit.action().timeout() == null
                ? null
                : new TimeoutRule(hit.action().timeout(), Origin.unknown());
    }
}
