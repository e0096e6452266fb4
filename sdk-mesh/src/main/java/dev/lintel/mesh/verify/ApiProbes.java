package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.verify.ProbePaths.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that can be asked of one API: at every host and rule and beside it, with every sort of token. */
final class ApiProbes {
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
    private final Probes probes;
    private final TokenStore tokens;
    private final ApiModel api;
    private final List<Statement> statements;

    ApiProbes(Evaluator evaluator, Probes probes, TokenStore tokens, ApiModel api, List<Statement> statements) {
        this.evaluator = evaluator;
        this.probes = probes;
        this.tokens = tokens;
        this.api = api;
        this.statements = statements;
    }

    /**
     * Those of an API that is to be there: of its first host by kinds, then of the others.
     *
     * @param was the same API before; null if there was none
     * @param unsafe is told of rules that only methods reach that change something
     */
    List<Candidate> all(@Nullable ApiModel was, Consumer<Endpoint> unsafe) {
        Set<Place> places = new LinkedHashSet<>(ProbePaths.of(api, unsafe));
        if (was != null && !statements.isEmpty()) {
            places.addAll(ProbePaths.of(was, endpoint -> {}));
        }
        List<Candidate> all = new ArrayList<>();
        for (String host : hosts(api)) {
            for (ProbeKind kind : ProbeKind.values()) {
                for (Place place : places) {
                    if (kind == ProbeKind.FORMER) {
                        all.addAll(former(host, place));
                    } else {
                        probe(host, place, kind).ifPresent(all::add);
                    }
                }
            }
        }
        if (was != null && !statements.isEmpty()) {
            hosts(was).forEach(host -> all.addAll(gone(was, host)));
        }
        return all;
    }

    /** Those where an API has been and nothing is any more. */
    List<Candidate> gone(ApiModel was, String host) {
        return ProbePaths.of(was, endpoint -> {}).stream()
                .filter(Place::isSafe)
                .map(place -> RequestValue.of(place.method(), host, place.path(), null))
                .map(asked -> new Probe(
                        ProbeKind.GONE,
                        was.id(),
                        new ProbeRequest(asked.method(), host, asked.path(), null),
                        asked,
                        decide(asked),
                        false,
                        was.origin()))
                .filter(Probe::isOfNoHost)
                .map(probe -> new Candidate(probe, withheld(ProbeKind.GONE)))
                .toList();
    }

    private @Nullable Withheld withheld(ProbeKind kind) {
        return probes.without.contains(kind) ? Withheld.KIND : null;
    }

    private Optional<Candidate> probe(String host, Place place, ProbeKind kind) {
        RequestValue bare = RequestValue.of(place.method(), host, place.path(), null);
        Decision without = decide(bare);
        Access access = api.entry().access();
        AccessRule rule = without.access();
        Grant grant = grant(access, rule);
        if (kind == ProbeKind.UNKNOWN_HOST
                || kind == ProbeKind.GONE
                || kind == ProbeKind.ANYBODY && statements.isEmpty()
                || !isOf(without)
                || isAnswered(without)
                || !access.issuers().isEmpty() && isAnswered(decide(bare.token(good(access, grant))))
                || !kind.isBare() && access.issuers().isEmpty()
                || kind == ProbeKind.WRONG_AUDIENCE && access.audiences().isEmpty()
                || kind == ProbeKind.WRONG_SCOPE && !isGranted(rule)) {
            return Optional.empty();
        }
        return candidate(kind, bare.token(judged(kind, access, grant)), place, rule, access, grant);
    }

    /** With tokens that would do if something were not in force yet, each good in all else. */
    private List<Candidate> former(String host, Place place) {
        RequestValue bare = RequestValue.of(place.method(), host, place.path(), null);
        Decision without = decide(bare);
        if (!isOf(without)
                || isAnswered(without)
                || api.entry().access().issuers().isEmpty()) {
            return List.of();
        }
        Map<Token, Candidate> found = new LinkedHashMap<>();
        for (Statement statement : statements) {
            for (Instead instead : statement.instead()) {
                ApiModel other = instead.api();
                if (other == null || other.entry().access().issuers().isEmpty()) {
                    continue;
                }
                Access access = other.entry().access();
                Grant grant = grant(access, instead.decide(bare).access());
                Token token = good(access, grant);
                RequestValue asked = bare.token(token);
                if (!found.containsKey(token)
                        && instead.decide(asked) instanceof Decision.Forward
                        && decide(asked) instanceof Decision.Refuse) {
                    candidate(ProbeKind.FORMER, asked, place, without.access(), access, grant)
                            .ifPresent(candidate -> found.put(token, candidate));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Optional<Candidate> candidate(
            ProbeKind kind, RequestValue asked, Place place, @Nullable AccessRule rule, Access access, Grant grant) {
        Decision expected = decide(asked);
        boolean refused = expected instanceof Decision.Refuse refuse && RULES.contains(refuse.reason());
        boolean passes = expected instanceof Decision.Forward;
        if (kind == ProbeKind.ANYBODY ? !passes || !place.isSafe() : !refused && !passes) {
            return Optional.empty();
        }
        Withheld withheld = withheld(kind);
        if (withheld == null && !place.isSafe() && (passes || !probes.changing)) {
            withheld = passes ? Withheld.NEVER : Withheld.METHOD;
        }
        if (withheld == null && passes && kind != ProbeKind.ANYBODY && !probes.served) {
            withheld = Withheld.SERVED;
        }
        Secret token = withheld == null && !kind.isBare() ? tokens.token(kind, api.id(), access, grant) : null;
        if (withheld == null && token == null && !kind.isBare()) {
            withheld = Withheld.TOKEN;
        }
        return Optional.of(new Candidate(
                new Probe(
                        kind,
                        api.id(),
                        new ProbeRequest(place.method(), asked.host(), place.path(), token),
                        asked,
                        expected,
                        api.entry().authorizer() != null,
                        rule == null ? api.origin() : rule.origin()),
                withheld));
    }

    private Decision decide(RequestValue request) {
        return evaluator.explain(request, FIRST).decision();
    }

    private boolean isOf(Decision decision) {
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
        Map<String, Object> claims = new LinkedHashMap<>(TokenStore.claims(grant));
        return new Token.Verified(access.issuers().get(0).issuer(), ProbePaths.NAME, audiences, grant.scopes(), claims);
    }

    private static Token judged(ProbeKind kind, Access access, Grant grant) {
        return switch (kind) {
            case NO_TOKEN, ANYBODY, UNKNOWN_HOST, GONE -> Token.NONE;
            case MALFORMED, UNKNOWN_KEY, EXPIRED -> new Token.Rejected("the token is no good");
            case WRONG_AUDIENCE -> verified(access, List.of(ProbePaths.NAME), grant);
            case WRONG_SCOPE ->
                verified(access, access.audiences().stream().limit(1).toList(), Grant.NONE);
            case FORMER, GOOD -> good(access, grant);
        };
    }

    /** A name for each host of an API. */
    static List<String> hosts(ApiModel api) {
        return api.entry().hosts().stream()
                .map(host -> host.startsWith("*.") ? ProbePaths.NAME + host.substring(1) : host)
                .distinct()
                .toList();
    }
}
