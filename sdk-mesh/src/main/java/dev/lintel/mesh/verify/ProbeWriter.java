package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.verify.ProbePaths.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which probes a model asks for: at every rule and beside it, with every sort of token, as far as it is safe to ask. */
final class ProbeWriter {
    private static final Draw FIRST = bound -> 0;
    /** What rules about tokens and callers refuse; anything else does not depend on them alone. */
    private static final Set<Reason> RULES = Set.of(
            Reason.NO_TOKEN,
            Reason.INVALID_TOKEN,
            Reason.WRONG_AUDIENCE,
            Reason.INSUFFICIENT_SCOPE,
            Reason.DENIED,
            Reason.UNMATCHED,
            Reason.CALLER,
            Reason.ISOLATED);

    private final Evaluator evaluator;
    private final MeshModel model;
    private final Probes probes;
    private final Instant now;
    private final ForgedToken forged = new ForgedToken();
    private final Set<String> left = new LinkedHashSet<>();

    ProbeWriter(MeshModel model, Probes probes) {
        this.model = model;
        this.probes = probes;
        this.evaluator = Evaluator.of(model);
        this.now = probes.pace.day();
    }

    /** What is not asked, for people, after {@link #write}. */
    Set<String> left() {
        return Collections.unmodifiableSet(left);
    }

    /** All probes, those that every API has first in each. */
    List<Probe> write() {
        List<Probe> all = new ArrayList<>();
        int share = Math.max(
                1, Math.min(probes.perApi, probes.all / Math.max(1, model.apis().size())));
        for (ApiModel api : model.apis()) {
            List<Probe> own = of(api);
            int room = Math.min(share, probes.all - all.size());
            if (own.size() > room) {
                left.add((own.size() - room) + " of " + own.size() + " probes of " + api.id()
                        + ", which are more than the limit");
            }
            all.addAll(own.subList(0, Math.min(room, own.size())));
        }
        if (all.size() < probes.all) {
            unknownHost().ifPresent(all::add);
        }
        return all;
    }

    private Optional<Probe> unknownHost() {
        if (model.apis().isEmpty() || probes.without.contains(ProbeKind.UNKNOWN_HOST)) {
            return Optional.empty();
        }
        ApiModel api = model.apis().get(0);
        String host = ProbePaths.NAME + "." + host(api);
        if (evaluator.exposes(host)) {
            return Optional.empty();
        }
        RequestValue request = RequestValue.of("GET", host, "/", null);
        return Optional.of(new Probe(
                ProbeKind.UNKNOWN_HOST,
                api.id(),
                new ProbeRequest("GET", host, "/", null),
                request,
                decide(request),
                false,
                api.origin()));
    }

    private List<Probe> of(ApiModel api) {
        if (api.service().grpc() != null || api.service().traffic().fault() != null) {
            left.add(api.id() + ", which " + (api.service().grpc() == null ? "fails on purpose" : "speaks gRPC"));
            return List.of();
        }
        List<Place> places = ProbePaths.of(
                api,
                probes.changing,
                endpoint -> left.add("'" + endpoint + "' of " + api.id()
                        + ", which only methods that change something reach: alsoMethodsThatChange() of Probes"
                        + " sends them"));
        List<Probe> all = new ArrayList<>();
        for (ProbeKind kind : ProbeKind.values()) {
            if (kind != ProbeKind.UNKNOWN_HOST && !probes.without.contains(kind)) {
                places.forEach(place -> probe(api, place, kind).ifPresent(all::add));
            }
        }
        return all;
    }

    private Optional<Probe> probe(ApiModel api, Place place, ProbeKind kind) {
        RequestValue bare = RequestValue.of(place.method(), host(api), place.path(), null);
        Decision without = decide(bare);
        Access access = api.entry().access();
        AccessRule rule = without.access();
        Grant grant = grant(access, rule);
        if (!isOf(api, without)
                || isAnswered(without)
                || !access.issuers().isEmpty() && isAnswered(decide(bare.token(good(access, grant))))
                || kind != ProbeKind.NO_TOKEN && access.issuers().isEmpty()
                || kind == ProbeKind.WRONG_AUDIENCE && access.audiences().isEmpty()
                || kind == ProbeKind.WRONG_SCOPE && !isGranted(rule)) {
            return Optional.empty();
        }
        RequestValue asked = bare.token(judged(kind, access, grant));
        Decision expected = decide(asked);
        boolean refused = expected instanceof Decision.Refuse refuse && RULES.contains(refuse.reason());
        boolean passes = expected instanceof Decision.Forward && probes.served && place.isSafe();
        if (!refused && !passes) {
            return Optional.empty();
        }
        Secret token = kind == ProbeKind.NO_TOKEN ? null : token(kind, api, grant);
        if (kind != ProbeKind.NO_TOKEN && token == null) {
            return Optional.empty();
        }
        return Optional.of(new Probe(
                kind,
                api.id(),
                new ProbeRequest(place.method(), host(api), place.path(), token),
                asked,
                expected,
                api.entry().authorizer() != null,
                rule == null ? api.origin() : rule.origin()));
    }

    private Decision decide(RequestValue request) {
        return evaluator.explain(request, FIRST).decision();
    }

    private static boolean isOf(ApiModel api, Decision decision) {
        ApiModel other = decision.api();
        return other != null && other.id().equals(api.id());
    }

    /** What a gateway answers by itself it may answer without looking at a token. */
    private static boolean isAnswered(Decision decision) {
        return decision instanceof Decision.Reply || decision instanceof Decision.Login;
    }

    private static boolean isGranted(@Nullable AccessRule rule) {
        return rule != null
                && rule.requirement() instanceof Requirement.Token token
                && !token.anyOf().contains(Grant.NONE);
    }

    /** Where nobody may call, or no rule speaks, whoever may call anything else is refused too. */
    private static Grant grant(Access access, @Nullable AccessRule rule) {
        if (rule != null && rule.requirement() instanceof Requirement.Token token) {
            return token.anyOf().get(0);
        }
        return new Grant(
                access.rules().stream()
                        .map(AccessRule::requirement)
                        .filter(Requirement.Token.class::isInstance)
                        .flatMap(each -> ((Requirement.Token) each).anyOf().stream())
                        .flatMap(each -> each.scopes().stream())
                        .distinct()
                        .toList(),
                List.of());
    }

    private static Token good(Access access, Grant grant) {
        return verified(access, access.audiences().stream().limit(1).toList(), grant);
    }

    private static Token verified(Access access, List<String> audiences, Grant grant) {
        Map<String, Object> claims = new LinkedHashMap<>(claims(grant));
        return new Token.Verified(access.issuers().get(0).issuer(), ProbePaths.NAME, audiences, grant.scopes(), claims);
    }

    private static Map<String, String> claims(Grant grant) {
        Map<String, String> claims = new LinkedHashMap<>();
        grant.claims().forEach(rule -> claims.put(rule.name(), rule.anyOf().get(0)));
        return claims;
    }

    private static Token judged(ProbeKind kind, Access access, Grant grant) {
        return switch (kind) {
            case NO_TOKEN, UNKNOWN_HOST -> Token.NONE;
            case MALFORMED, UNKNOWN_KEY, EXPIRED -> new Token.Rejected("the token is no good");
            case WRONG_AUDIENCE -> verified(access, List.of(ProbePaths.NAME), grant);
            case WRONG_SCOPE ->
                verified(access, access.audiences().stream().limit(1).toList(), Grant.NONE);
            case GOOD -> good(access, grant);
        };
    }

    private @Nullable Secret token(ProbeKind kind, ApiModel api, Grant grant) {
        Access access = api.entry().access();
        if (kind == ProbeKind.MALFORMED) {
            return Secret.of(ProbePaths.NAME + ".is-no.token");
        }
        if (!kind.isIssued()) {
            return forged.of(access.issuers().get(0), access.audiences(), grant.scopes(), now);
        }
        return probes.tokens
                .token(new ProbeTokens.Wish(
                        kind,
                        api.id(),
                        access.issuers().get(0).issuer(),
                        access.audiences(),
                        grant.scopes(),
                        claims(grant)))
                .orElse(null);
    }

    private static String host(ApiModel api) {
        String first = api.entry().hosts().get(0);
        return first.startsWith("*.") ? ProbePaths.NAME + first.substring(1) : first;
    }
}
