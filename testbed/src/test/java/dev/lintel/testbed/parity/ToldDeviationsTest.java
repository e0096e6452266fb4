package dev.lintel.testbed.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.testbed.plane.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an explanation tells about a request is what a real mesh does to it, as the cases of the parity table say. */
class ToldDeviationsTest {
    private static final String ISSUER = "https://id.example";
    private static final Map<String, String> VALUES = Map.of(
            "one", "one", "two", "two", "three", "three", "four", "four", "issuer", ISSUER, "authorizer",
            Authorizer.SHARED.address());
    private static final String FAULT_FIRST = "istio.fault-first";
    /**
     * What no case compares: how copies are called, how often is tried, the words of a fault, and by which algorithm a bad token
     * is signed. Nobody can tell by its digits that a claim is a text.
     */
    private static final Set<String> BESIDE = Set.of(
            "istio.mirror-host",
            "istio.inside-retries",
            "istio.per-proxy",
            "istio.algorithms",
            "istio.claim-types",
            FAULT_FIRST);

    private static final Draw FIRST = bound -> 0;
    private static final Dialect ISTIO = IstioDialect.istio().domain("example.com");

    private final List<CaseFile> files = CaseFile.all(VALUES);
    private final MeshModel model = model();

    private MeshModel model() {
        List<Definition> definitions = new ArrayList<>();
        files.forEach(file -> definitions.addAll(file.definitions()));
        return new ModelCompiler(Kinds.installed())
                .compile(definitions, ISTIO.world())
                .model();
    }

    @Test
    void ofDefinitionsEachRequestIsToldTheDeviationThatItMeetsAndNoOther() {
        List<Deviation> all = ISTIO.write(model).deviations();
        List<String> wrong = new ArrayList<>();
        int met = 0;
        for (CaseFile file : files) {
            for (Ask ask : file.asks()) {
                List<String> told = told(model, all, ask);
                met += ask.code().isEmpty() ? 0 : 1;
                if (!ask.code().isEmpty() && !told.contains(ask.code())) {
                    wrong.add(ask + " meets " + ask.code() + " and is told " + told);
                }
                // Whoever meets a fault first meets the rest where none is made.
                told.stream()
                        .filter(code -> !code.equals(ask.code())
                                && !BESIDE.contains(code)
                                && !ask.code().equals(FAULT_FIRST))
                        .forEach(code -> wrong.add(ask + " is told " + code + " and meets nothing of it"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(met).isGreaterThan(50);
    }

    /** As objects are read they may say themselves what a mesh does, and then there is nothing to be told. */
    @Test
    void ofObjectsEachRequestIsToldTheDeviationUnlessTheyAnswerSoThemselves() {
        MeshModel read = ISTIO.read(ISTIO.write(model).manifests()).model();
        List<Deviation> all = ISTIO.write(read).deviations();
        DecidedWorld asRead = new DecidedWorld(Evaluator.of(read), FIRST, ISSUER);
        List<String> wrong = new ArrayList<>();
        for (CaseFile file : files) {
            for (Ask ask : file.asks()) {
                boolean answered = !ask.shares().isEmpty()
                        || Answers.withoutChallenge(asRead.answer(ask)).equals(Answers.withoutChallenge(ask.mesh()));
                if (!answered && !told(read, all, ask).contains(ask.code())) {
                    wrong.add(ask + " meets " + ask.code() + " and is told " + told(read, all, ask));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> told(MeshModel model, List<Deviation> all, Ask ask) {
        Evaluator evaluator = Evaluator.of(model);
        RequestValue request = new DecidedWorld(evaluator, FIRST, ISSUER).request(ask);
        ApiModel api = model.api(ask.api()).orElseThrow();
        Decided decided = new Decided(api, request, evaluator.decide(request, FIRST));
        return all.stream()
                .filter(one -> one.subjects().isEmpty() || one.subjects().contains(api.id()))
                .filter(one -> ISTIO.concerns(one, decided))
                .map(Deviation::code)
                .toList();
    }
}
