package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.capability.Feature;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which features a model uses, and where it was said: what keeps a feature that is not supported from being dropped. */
final class Uses {
    private final Set<Use> found = new LinkedHashSet<>();

    private Uses() {}

    /**
     * One use.
     *
     * @param feature what is said
     * @param about of whom
     * @param what the same for people, with the kind of the policy
     * @param origin the line that said it
     */
    record Use(Feature feature, String about, String what, Origin origin) {}

    static List<Use> of(MeshModel model) {
        Uses uses = new Uses();
        model.apis().forEach(uses::api);
        model.egress().forEach(rule -> uses.add(Feature.EGRESS, rule.id(), rule.origin()));
        model.egress().stream()
                .filter(rule -> rule.gateway() != null)
                .forEach(rule -> uses.add(Feature.EGRESS_GATEWAY, rule.id(), rule.origin()));
        model.isolations().forEach(rule -> uses.add(Feature.ISOLATION, rule.id(), rule.origin()));
        return List.copyOf(uses.found);
    }

    private void api(ApiModel api) {
        entry(api, api.entry());
        // A rule of anybody's own that looks at a request and says no fares like a rate limit.
        api.guards()
                .forEach(guard -> found.add(new Use(
                        Feature.RATE_LIMIT, api.id(), guard.describe() + " (" + guard.kind() + ")", guard.origin())));
        service(api, api.service());
    }

    private void entry(ApiModel api, Entry entry) {
        said(api, Feature.PATHS, entry.paths().isEmpty() ? null : api.origin());
        said(api, Feature.TOKEN, entry.access().isRestricted() ? api.origin() : null);
        entry.access().rules().forEach(rule -> access(api, rule));
        if (entry.authorizer() != null) {
            boolean opa = entry.authorizer().protocol() == AuthorizerRule.Protocol.OPA_REST;
            add(
                    opa ? Feature.OPA : Feature.EXT_AUTHZ,
                    api.id(),
                    entry.authorizer().origin());
        }
        said(api, Feature.LOGIN, entry.login() == null ? null : entry.login().origin());
        for (Route route : entry.routes()) {
            said(api, answered(route.answer()), route.answer() == null ? null : route.origin());
        }
        entry.rewrites().forEach(rewrite -> add(Feature.REWRITE, api.id(), rewrite.origin()));
        boolean sets = !entry.headers().request().isEmpty()
                || !entry.headers().response().isEmpty();
        said(api, Feature.SET_HEADER, sets ? api.origin() : null);
    }

    private static Feature answered(@Nullable Answer answer) {
        if (answer instanceof Answer.Redirect to) {
            return to.status() == 301 || to.status() == 302 ? Feature.REDIRECT : Feature.REDIRECT_STATUS;
        }
        return Feature.RESPOND;
    }

    private void access(ApiModel api, AccessRule rule) {
        if (rule.requirement() instanceof Requirement.Token token) {
            boolean claims =
                    token.anyOf().stream().anyMatch(grant -> !grant.claims().isEmpty());
            said(api, Feature.CLAIMS, claims ? rule.origin() : null);
            boolean scopes =
                    token.anyOf().stream().anyMatch(grant -> !grant.scopes().isEmpty());
            said(api, Feature.SCOPES, scopes ? rule.origin() : null);
        } else {
            add(Feature.PUBLIC_PATHS, api.id(), rule.origin());
        }
    }

    private void service(ApiModel api, Service service) {
        said(
                api,
                Feature.CALLERS,
                service.callers().isEmpty() ? null : service.callers().get(0).origin());
        said(api, Feature.GRPC, service.grpc() == null ? null : service.grpc().origin());
        SplitRule split = service.split();
        if (split != null) {
            add(Feature.SPLIT, api.id(), split.origin());
            if (split.sticky() != null) {
                Feature sticky = switch (split.sticky().by()) {
                    case COOKIE -> Feature.STICKY_COOKIE;
                    case HEADER -> Feature.STICKY_HEADER;
                    case CLAIM -> Feature.STICKY_CLAIM;
                };
                add(sticky, api.id(), split.origin());
            }
        }
        said(
                api,
                Feature.RETRY,
                service.retry() == null ? null : service.retry().origin());
        said(
                api,
                Feature.TIMEOUT,
                service.timeout() == null ? null : service.timeout().origin());
        traffic(api, service.traffic());
    }

    private void traffic(ApiModel api, Traffic traffic) {
        for (Choice choice : traffic.choices()) {
            Condition.By by = choice.when().by();
            boolean request = by == Condition.By.HEADER || by == Condition.By.COOKIE;
            Feature feature = request
                    ? Feature.CHOICE_REQUEST
                    : by == Condition.By.WORKLOAD ? Feature.CHOICE_WORKLOAD : Feature.CHOICE_TOKEN;
            add(feature, api.id(), choice.origin());
        }
        traffic.mirrors().forEach(mirror -> {
            Feature feature = mirror.percent() < 100 ? Feature.MIRROR_SHARE : Feature.MIRROR;
            add(feature, api.id(), mirror.origin());
        });
        said(
                api,
                Feature.FAULT,
                traffic.fault() == null ? null : traffic.fault().origin());
        said(
                api,
                Feature.BREAKER,
                traffic.breaker() == null ? null : traffic.breaker().origin());
        said(
                api,
                Feature.LOAD_BALANCING,
                traffic.balance() == null ? null : traffic.balance().origin());
        said(
                api,
                Feature.HEALTH_CHECK,
                traffic.health() == null ? null : traffic.health().origin());
        Elsewhere elsewhere = traffic.elsewhere();
        if (elsewhere != null) {
            Feature feature = switch (elsewhere.kind()) {
                case EXTERNAL -> Feature.EXTERNAL;
                case CLOUD_FOUNDRY -> Feature.CLOUD_FOUNDRY;
                case KNATIVE -> Feature.KNATIVE;
                case REMOTE_CLUSTER -> Feature.REMOTE_CLUSTER;
            };
            add(feature, api.id(), elsewhere.origin());
            said(api, Feature.CREDENTIALS, elsewhere.credential() == null ? null : elsewhere.origin());
        }
    }

    private void said(ApiModel api, Feature feature, @Nullable Origin origin) {
        if (origin != null) {
            add(feature, api.id(), origin);
        }
    }

    private void add(Feature feature, String about, Origin origin) {
        found.add(new Use(feature, about, feature.text() + " (" + feature.kind() + ")", origin));
    }
}
