package dev.lintel.core.explain;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for ways to the other answer, and believes none that the evaluator does not confirm. */
final class Alternatives {
    private static final int MOST = 6;

    private final Evaluator evaluator;
    private final Draw draw;
    private final Repairs repairs;

    Alternatives(Evaluator evaluator, Draw draw) {
        this.evaluator = evaluator;
        this.draw = draw;
        this.repairs = new Repairs(evaluator, draw);
    }

    /** Whether a request gets neither to its service nor an answer in its place. */
    static boolean isRefused(Decision decision) {
        return decision instanceof Decision.Refuse
                || decision instanceof Decision.Login login && login.step() == LoginRule.Step.NEEDED;
    }

    List<Alternative> of(RequestValue request, Explanation explanation) {
        return isRefused(explanation.decision()) ? toPass(request) : toBeRefused(request, explanation.decision());
    }

    /** Mends one thing after the other until the request passes, or until only the definition can be mended. */
    private List<Alternative> toPass(RequestValue asked) {
        List<Alternative> found = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        RequestValue request = asked;
        for (int i = 0; i < MOST; i++) {
            Explanation now = evaluator.explain(request, draw);
            if (!isRefused(now.decision())) {
                found.add(0, new Alternative(String.join(", and ", changes), now.decision(), Origin.unknown()));
                return found;
            }
            repairs.ofDefinition(request, now).ifPresent(found::add);
            Repairs.Mended mended = repairs.ofRequest(request, now).orElse(null);
            if (mended == null) {
                return found;
            }
            changes.add(mended.change());
            request = mended.request();
        }
        return found;
    }

    /** Takes away one after the other of what the request carries, and puts somebody else in its caller's place. */
    private List<Alternative> toBeRefused(RequestValue request, Decision decision) {
        Map<String, RequestValue> less = new LinkedHashMap<>();
        if (request.token() instanceof Token.Verified token) {
            less.put("without the token", request.token(Token.NONE));
            without(token).forEach((change, other) -> less.put(change, request.token(other)));
        }
        if (request.session() instanceof Token.Verified session) {
            less.put("without a session", request.session(Token.NONE));
            without(session).forEach((change, other) -> less.put(change, request.session(other)));
        }
        if (request.caller() instanceof Caller.Workload who) {
            less.put("without a certificate", request.caller(Caller.NONE));
            String stranger = unnamed("somebody-else");
            Caller.Workload other = new Caller.Workload(who.trustDomain(), who.namespace(), stranger);
            less.put("from another workload of '" + who.namespace() + "'", request.caller(other));
            Caller.Workload far = new Caller.Workload(who.trustDomain(), unnamed("elsewhere"), stranger);
            less.put("from another namespace that nobody named", request.caller(far));
        }
        ApiModel api = decision.api();
        if (api != null && api.entry().authorizer() != null && request.verdict() instanceof Verdict.Unasked) {
            less.put("if the external authorizer said no", request.verdict(new Verdict.Denied(403, List.of(), "")));
        }
        List<Alternative> found = new ArrayList<>();
        less.forEach((change, other) -> {
            Explanation then = evaluator.explain(other, draw);
            if (isRefused(then.decision())) {
                found.add(new Alternative(change, then.decision(), Repairs.decided(then)));
            }
        });
        return found;
    }

    /** A name that stands in no rule, neither for a workload nor for a namespace. */
    private String unnamed(String word) {
        Stream<Peer> rules = evaluator.model().apis().stream()
                .flatMap(api -> api.service().callers().stream())
                .flatMap(rule -> rule.anyOf().stream());
        Stream<Peer> boundaries = evaluator.model().isolations().stream()
                .flatMap(isolation -> Stream.concat(isolation.from().stream(), isolation.to().stream()));
        boolean named = Stream.concat(rules, boundaries)
                .anyMatch(peer -> word.equals(peer.name()) || word.equals(peer.namespace()));
        return named && word.length() < 60 ? unnamed(word + "-x") : word;
    }

    private static Map<String, Token> without(Token.Verified token) {
        Map<String, Token> less = new LinkedHashMap<>();
        for (String scope : token.scopes()) {
            List<String> scopes = new ArrayList<>(token.scopes());
            scopes.remove(scope);
            less.put("without scope " + scope, with(token, scopes, token.claims()));
        }
        for (String claim : token.claims().keySet()) {
            Map<String, Object> claims = new LinkedHashMap<>(token.claims());
            claims.remove(claim);
            less.put("without claim " + claim, with(token, token.scopes(), claims));
        }
        return less;
    }

    private static Token with(Token.Verified token, List<String> scopes, Map<String, Object> claims) {
        return new Token.Verified(token.issuer(), token.subject(), token.audiences(), scopes, claims);
    }
}
