package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to an API that was read in the words of a mesh what those have no words for. */
final class Completion {
    private final BackendReader places;
    private final TrafficReader.Said said;
    private final Seen seen;
    private final Part place;

    /**
     * What the rules of an API's routes say.
     *
     * @param matches in the order in which they are asked
     * @param backends the Backends to which they lead
     * @param authorities by what name they call a service
     * @param retries when they try again; empty where they do not
     */
    record Seen(
            List<SeenMatch> matches, Set<String> backends, Set<String> authorities, Set<Optional<RetryRule>> retries) {}

    Completion(BackendReader places, TrafficReader.Said said, Seen seen, Part place) {
        this.places = places;
        this.said = said;
        this.seen = seen;
        this.place = place;
    }

    ApiModel of(ApiModel api) {
        Entry entry = api.entry();
        Access access = new AccessReader(seen.matches(), place).read();
        Service service = service(api.service());
        boolean far = service.traffic().elsewhere() != null;
        Entry asked = new Entry(
                entry.hosts(),
                access,
                entry.routes(),
                entry.rewrites(),
                far && !access.issuers().isEmpty() ? withoutTokens(entry.headers()) : entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                authorizer(),
                entry.login());
        return new ApiModel(api.name(), api.namespace(), asked, service, List.of(), api.origin(), api.front());
    }

    /** Every way into the API must be asked about by the same authorizer, or none. */
    private @Nullable AuthorizerRule authorizer() {
        Set<Optional<AuthorizerRule>> rules = new LinkedHashSet<>();
        for (SeenMatch match : seen.matches()) {
            SeenAccess access = match.rule().access();
            rules.add(Optional.ofNullable(access == null ? null : access.authorizer()));
        }
        if (rules.size() > 1) {
            place.problem("asks an external authorizer at some of its rules, and none or another at others");
        }
        return rules.isEmpty() ? null : rules.iterator().next().orElse(null);
    }

    /** A token that was judged here stays here; that it is taken off is how it is kept, and nothing that was said. */
    private HeaderChanges withoutTokens(HeaderChanges headers) {
        List<String> removed = new ArrayList<>(headers.more().removeFromRequest());
        boolean kept = removed.remove(FarBackends.AUTHORIZATION);
        if (!kept && !headers.request().containsKey(FarBackends.AUTHORIZATION)) {
            place.problem("sends tokens that were judged at the gateway on to a service elsewhere");
        }
        MoreHeaders more = headers.more();
        return new HeaderChanges(
                headers.request(),
                headers.response(),
                new MoreHeaders(more.addToRequest(), more.addToResponse(), removed, more.removeFromResponse()));
    }

    private Service service(Service read) {
        Traffic traffic = read.traffic();
        return new Service(
                read.name(),
                read.port(),
                read.labels(),
                read.versions(),
                read.split(),
                retry(),
                read.timeout(),
                new Traffic(
                        traffic.choices(),
                        traffic.mirrors(),
                        traffic.fault(),
                        traffic.breaker(),
                        traffic.balance(),
                        health(),
                        elsewhere(read)),
                read.callers(),
                read.grpc());
    }

    private @Nullable RetryRule retry() {
        if (seen.retries().size() > 1) {
            place.problem("tries again at some of its rules, and not or otherwise at others");
        }
        RetryRule policy = said.retry();
        Optional<RetryRule> own = seen.retries().stream().findFirst().orElse(Optional.empty());
        if (policy != null && own.isPresent()) {
            place.problem("says in two places when a call is tried again");
        }
        return own.orElse(policy);
    }

    private @Nullable HealthRule health() {
        Map<String, Object> health = said.health();
        if (health.isEmpty()) {
            return null;
        }
        return new HealthRule(
                String.valueOf(health.get("path")),
                duration(health.get("interval")),
                duration(health.get("timeout")),
                health.get("unhealthy") instanceof Integer number ? number : 3,
                health.get("healthy") instanceof Integer number ? number : 1,
                Origin.unknown());
    }

    private @Nullable Elsewhere elsewhere(Service service) {
        boolean renamed = seen.authorities().stream().anyMatch(name -> !name.isEmpty());
        if (seen.backends().isEmpty()) {
            if (renamed) {
                place.problem("calls a service of the cluster by another name: " + seen.authorities());
            }
            if (said.connectTimeout() != null && !seen.authorities().isEmpty()) {
                place.problem("limits how long a connection to a service of the cluster may take");
            }
            return null;
        }
        if (seen.backends().size() > 1 || !service.versions().isEmpty()) {
            place.problem("leads to several places, one of them elsewhere");
        }
        return places.at(seen.backends().iterator().next(), seen.authorities(), said.connectTimeout(), place);
    }

    private Duration duration(@Nullable Object text) {
        return Durations.read(String.valueOf(text)).orElseGet(() -> {
            place.problem("health is asked at no time that can be read: " + text);
            return Duration.ofSeconds(1);
        });
    }
}
