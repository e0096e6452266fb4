package dev.lintel.core.explain;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.ApiModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mends what a request was refused for: another request that gets further, or a line that would have to say more. */
final class Repairs {
    private static final Set<Reason> ABOUT_CALLERS = Set.of(Reason.UNPROVEN, Reason.CALLER, Reason.ISOLATED);

    private final Evaluator evaluator;
    private final Draw draw;

    Repairs(Evaluator evaluator, Draw draw) {
        this.evaluator = evaluator;
        this.draw = draw;
    }

    /**
     * A request that gets further.
     *
     * @param change what is different, in words
     * @param request the request
     */
    record Mended(String change, RequestValue request) {}

    /** The line that decided: the last step that has one. */
    static Origin decided(Explanation explanation) {
        List<Explanation.Step> steps = explanation.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Origin origin = steps.get(i).origin();
            if (!origin.toString().isEmpty()) {
                return origin;
            }
        }
        return Origin.unknown();
    }

    /** Another request; empty if none gets further. */
    Optional<Mended> ofRequest(RequestValue request, Explanation refused) {
        Decision decision = refused.decision();
        ApiModel api = decision.api();
        if (api == null) {
            return Optional.empty();
        }
        if (!(decision instanceof Refuse refuse)) {
            return TokenRepair.of(api, decision.access(), request);
        }
        return switch (refuse.reason()) {
            case NO_TOKEN, INVALID_TOKEN, WRONG_AUDIENCE, INSUFFICIENT_SCOPE, UNVERIFIABLE ->
                TokenRepair.of(api, refuse.access(), request);
            case UNPROVEN, CALLER, ISOLATED -> caller(api, request);
            case UNAUTHORIZED, AUTHORIZER_FAILED ->
                Optional.of(new Mended("if the external authorizer allowed it", request.verdict(Verdict.ALLOWED)));
            case BAD_REQUEST, UNKNOWN_HOST, DENIED, UNMATCHED, GUARDED -> Optional.empty();
        };
    }

    /** The first caller that any rule or boundary names with whom the request gets past all that asks who calls. */
    private Optional<Mended> caller(ApiModel api, RequestValue request) {
        Stream<Peer> rules = api.service().callers().stream().flatMap(rule -> rule.anyOf().stream());
        Stream<Peer> boundaries = evaluator.model().isolations().stream()
                .filter(isolation -> isolation.namespace().equals(api.namespace()))
                .flatMap(isolation -> isolation.from().stream());
        Stream<Peer> neighbours = Stream.of(new Peer(api.namespace(), null));
        return Stream.of(rules, boundaries, neighbours)
                .flatMap(peers -> peers)
                .map(peer -> new Mended("from " + words(peer), request.caller(someone(peer))))
                .filter(mended -> !isAboutCallers(mended.request()))
                .findFirst();
    }

    private boolean isAboutCallers(RequestValue request) {
        return evaluator.explain(request, draw).decision() instanceof Refuse refuse
                && ABOUT_CALLERS.contains(refuse.reason());
    }

    private static String words(Peer peer) {
        return peer.name() == null ? "any workload of '" + peer.namespace() + "'" : peer.toString();
    }

    private Caller someone(Peer peer) {
        String name = peer.name() == null ? "anybody" : peer.name();
        return new Caller.Workload(evaluator.trustDomain(), peer.namespace(), name);
    }

    /** What the definition would have to say; empty where another request is the better way. */
    Optional<Alternative> ofDefinition(RequestValue request, Explanation refused) {
        if (!(refused.decision() instanceof Refuse refuse)) {
            return Optional.empty();
        }
        String change = definition(refuse, request);
        return change == null ? Optional.empty() : Optional.of(new Alternative(change, null, decided(refused)));
    }

    private @Nullable String definition(Refuse refuse, RequestValue request) {
        String who = request.caller().toString();
        boolean named = request.caller() instanceof Caller.Workload;
        return switch (refuse.reason()) {
            case DENIED -> "if the access policy did not deny it to everybody";
            case UNMATCHED -> "if the access policy spoke about " + request.method() + " " + request.path();
            case UNKNOWN_HOST -> "if an API were exposed at " + request.host();
            case GUARDED -> "if this had not been said: " + refuse.detail();
            case CALLER -> named ? "if onlyFrom(…) named " + who : null;
            case ISOLATED -> named ? "if the boundary allowed it: " + boundary(refuse, request) : null;
            default -> null;
        };
    }

    private String boundary(Refuse refuse, RequestValue request) {
        ApiModel api = refuse.api();
        Caller.Workload who = (Caller.Workload) request.caller();
        boolean into = api != null
                && evaluator.model().isolations().stream()
                        .anyMatch(isolation -> isolation.namespace().equals(api.namespace())
                                && isolation.from().stream()
                                        .noneMatch(peer -> peer.includes(who.namespace(), who.serviceAccount())));
        return into || api == null
                ? "allowFrom(\"" + who + "\")"
                : "allowTo(\"" + api.service().name() + "." + api.namespace() + "\")";
    }
}
