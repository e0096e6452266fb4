package dev.lintel.testbed.parity;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.HeaderChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model that is asked: nothing is sent. */
final class DecidedWorld implements Asked, Exit.World {
    private final Evaluator evaluator;
    private final Draw draw;
    private final String issuer;

    DecidedWorld(Evaluator evaluator, Draw draw, String issuer) {
        this.evaluator = evaluator;
        this.draw = draw;
        this.issuer = issuer;
    }

    @Override
    public String leaves(Exit exit) {
        return evaluator
                        .egress(exit.namespace(), exit.application(), exit.to().getHost(), exit.port())
                        .isAllowed()
                ? Exit.OUT
                : Exit.REFUSED;
    }

    @Override
    public String answer(Ask ask) {
        Decision decision = evaluator.decide(request(ask), draw);
        if (decision instanceof Decision.Forward forward) {
            return forwarded(ask, forward);
        }
        if (decision instanceof Decision.Reply reply) {
            return Answers.refused(
                    reply.status(),
                    "",
                    Objects.requireNonNullElse(reply.location(), ""),
                    ask.expect().contains("\"") ? reply.body() : "");
        }
        Decision.Refuse refuse = (Decision.Refuse) decision;
        return Answers.refused(
                refuse.status(), Answers.challenge(Objects.requireNonNullElse(refuse.challenge(), "")), "", "");
    }

    RequestValue request(Ask ask) {
        RequestValue request = RequestValue.of(
                ask.method(), ask.authority(), ask.path(), ask.query().isEmpty() ? null : ask.query());
        for (List<String> header : ask.headers()) {
            request = request.header(header.get(0), header.get(1));
        }
        request = request.token(ask.token().judged(issuer)).verdict(Said.of(ask.opa()));
        return ask.isInside() ? request.inMesh().caller(Caller.Workload.of(ask.from())) : request;
    }

    private static String forwarded(Ask ask, Decision.Forward forward) {
        if (Spread.isAsked(ask)) {
            return Spread.by(ask, forward.api().service().traffic().balance());
        }
        Served served = Served.of(ask, forward);
        String seen = ask.marked() == Ask.Marked.NO ? "" : Answers.seen(ask, served.seen());
        if (served.late()) {
            return "504" + seen;
        }
        if (served.status() != 200) {
            return Answers.failed(ask, served.status(), served.version()) + seen;
        }
        HeaderChanges changes =
                ask.isInside() ? HeaderChanges.NONE : forward.api().entry().headers();
        Verdict verdict =
                ask.isInside() || forward.api().entry().authorizer() == null ? Verdict.UNASKED : Said.of(ask.opa());
        Map<String, String> came = new HashMap<>();
        ask.headers().forEach(header -> came.merge(header.get(0), header.get(1), (a, b) -> a + "," + b));
        Map<String, String> returned = new HashMap<>(returned(ask));
        Said.change(came, verdict, false);
        Said.change(returned, verdict, true);
        Map<String, String> request = changed(
                came,
                changes.more().removeFromRequest(),
                changes.request(),
                changes.more().addToRequest());
        Map<String, String> response = changed(
                returned,
                changes.more().removeFromResponse(),
                changes.response(),
                changes.more().addToResponse());
        String query = ask.query().isEmpty() ? "" : "?" + ask.query();
        return Answers.forwarded(
                        ask,
                        served.version(),
                        forward.forwardPath() + query,
                        name -> request.getOrDefault(name, ""),
                        name -> response.getOrDefault(name, ""))
                + seen;
    }

    /** What the service puts into its answer. */
    private static Map<String, String> returned(Ask ask) {
        String said = ask.header("x-return");
        int end = said.indexOf('=');
        return end < 0 ? Map.of() : Map.of(said.substring(0, end), said.substring(end + 1));
    }

    private static Map<String, String> changed(
            Map<String, String> came, List<String> removed, Map<String, String> set, Map<String, String> added) {
        Map<String, String> now = new HashMap<>(came);
        removed.forEach(now::remove);
        now.putAll(set);
        added.forEach((name, value) -> now.merge(name, value, (a, b) -> a + "," + b));
        return now;
    }
}
