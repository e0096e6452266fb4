package dev.lintel.mesh.verify;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which probes a model asks for, as far as it is safe to ask: those first that show a change to be in force. */
final class ProbeWriter {
    private static final Draw FIRST = bound -> 0;

    private final Evaluator evaluator;
    private final MeshModel model;
    private final Statements statements;
    private final Probes probes;
    private final TokenStore tokens;
    private final Set<String> left = new LinkedHashSet<>();
    private final List<Problem> unproven = new ArrayList<>();

    /**
     * Those of a model.
     *
     * @param model what is to be in force
     * @param statements what of it is new
     * @param probes what may be sent
     */
    ProbeWriter(MeshModel model, Statements statements, Probes probes) {
        this.model = model;
        this.statements = statements;
        this.probes = probes;
        this.evaluator = Evaluator.of(model);
        this.tokens = new TokenStore(probes.tokens, probes.pace.day());
    }

    /** What is not asked, for people, after {@link #write}. */
    Set<String> left() {
        return Collections.unmodifiableSet(left);
    }

    /** What is new, and shown by no probe, after {@link #write}. */
    List<Problem> unproven() {
        return Collections.unmodifiableList(unproven);
    }

    /** All probes: those that show what is new, then as many of the others as there is room for. */
    List<Probe> write() {
        List<Choice> choices = new ArrayList<>();
        model.apis().forEach(api -> choices.add(of(api)));
        statements.apis().stream()
                .filter(id -> model.api(id).isEmpty())
                .flatMap(id -> statements.before(id).stream())
                .forEach(api -> choices.add(gone(api)));
        List<Probe> all = new ArrayList<>();
        int room = probes.all;
        for (Choice choice : choices) {
            room -= choice.take(Math.min(room, probes.perApi));
        }
        int share = Math.max(1, probes.all / Math.max(1, choices.size()));
        for (Choice choice : choices) {
            room -= choice.fill(Math.min(share, probes.perApi), room);
            all.addAll(choice.taken());
            left.addAll(choice.left());
            unproven.addAll(choice.unproven());
        }
        if (room > 0) {
            unknownHost().ifPresent(all::add);
        }
        statements.rest().forEach(each -> unproven.add(each.unproven(each.untold())));
        left.addAll(tokens.missing());
        return all;
    }

    private Choice of(ApiModel api) {
        List<Statement> said = statements.of(api.id());
        if (api.service().grpc() != null || api.service().traffic().fault() != null) {
            left.add(api.id() + ", which " + (api.service().grpc() == null ? "fails on purpose" : "speaks gRPC"));
            return new Choice(api.id(), List.of(), said, Withheld.FOREIGN);
        }
        List<Candidate> all = new ApiProbes(evaluator, probes, tokens, api, said)
                .all(statements.before(api.id()).orElse(null), endpoint -> {
                    if (!probes.changing) {
                        left.add(
                                "'" + endpoint + "' of " + api.id()
                                        + ", which only methods that change something reach: alsoMethodsThatChange() of Probes sends them");
                    }
                });
        return new Choice(api.id(), all, said, Withheld.ALIKE);
    }

    private Choice gone(ApiModel was) {
        List<Statement> said = statements.of(was.id());
        ApiProbes writer = new ApiProbes(evaluator, probes, tokens, was, said);
        List<Candidate> all = new ArrayList<>();
        ApiProbes.hosts(was).forEach(host -> all.addAll(writer.gone(was, host)));
        return new Choice(was.id(), all, said, Withheld.ALIKE);
    }

    private Optional<Probe> unknownHost() {
        if (model.apis().isEmpty() || probes.without.contains(ProbeKind.UNKNOWN_HOST)) {
            return Optional.empty();
        }
        ApiModel api = model.apis().get(0);
        String host = ProbePaths.NAME + "." + ApiProbes.hosts(api).get(0);
        if (evaluator.exposes(host)) {
            return Optional.empty();
        }
        RequestValue request = RequestValue.of("GET", host, "/", null);
        return Optional.of(new Probe(
                ProbeKind.UNKNOWN_HOST,
                api.id(),
                new ProbeRequest("GET", host, "/", null),
                request,
                evaluator.explain(request, FIRST).decision(),
                false,
                api.origin()));
    }
}
