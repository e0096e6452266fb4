package dev.lintel.mesh.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioDialect;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read from objects of anybody decides as going through the objects one by one does, or it is said that not. */
class ForeignDecisionsTest {
    private static final int WORLDS = 2_000;
    private static final int REQUESTS = 60;

    @Test
    void everyWorldWithoutProblemsIsDecidedAlike() {
        List<String> different = new ArrayList<>();
        int read = 0;
        int allowed = 0;
        int refused = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            RandomForeign random = new RandomForeign(seed);
            List<Manifest> objects = random.objects();
            Read model = IstioDialect.istio().domain("example.com").read(objects);
            if (!model.problems().stream().allMatch(ForeignDecisionsTest::isAboutOthers)) {
                continue;
            }
            read++;
            NaiveMesh mesh = new NaiveMesh(objects);
            Evaluator evaluator = Evaluator.of(model.model(), IstioDialect.STATUSES, InstantSource.system());
            for (int i = 0; i < REQUESTS; i++) {
                NaiveMesh.Asked asked = random.request();
                String expected = mesh.decide(asked);
                String decided = words(evaluator.decide(request(asked), bound -> 0));
                allowed += expected.startsWith("to") ? 1 : 0;
                refused += expected.equals("answered 403") ? 1 : 0;
                // Noted: where nothing is, a gateway with policies refuses what the model does not find.
                boolean nothing =
                        expected.equals("answered 403") && decided.equals("answered 404") && atGateway(objects);
                if (!expected.equals(decided) && !nothing) {
                    different.add("seed " + seed + " " + asked + ": " + expected + ", but " + decided);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(read).isGreaterThan(WORLDS / 4);
        assertThat(allowed).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void anImportOfWhatIsReadSaysWhereItDiffers() {
        int proven = 0;
        for (int seed = 0; seed < WORLDS / 10; seed++) {
            RandomForeign random = new RandomForeign(seed);
            List<Manifest> objects = random.objects();
            Imported imported =
                    Import.by(IstioDialect.istio().domain("example.com")).manifests(objects);
            boolean alike = imported.differences().isEmpty()
                    && imported.problems().stream().allMatch(ForeignDecisionsTest::isAboutOthers);
            if (!alike) {
                continue;
            }
            proven++;
            NaiveMesh mesh = new NaiveMesh(objects);
            MeshModel said = Definitions.model(imported.definitions());
            Evaluator evaluator = Evaluator.of(said, IstioDialect.STATUSES, InstantSource.system());
            for (int i = 0; i < REQUESTS; i++) {
                NaiveMesh.Asked asked = random.request();
                String expected = mesh.decide(asked);
                String decided = words(evaluator.decide(request(asked), bound -> 0));
                boolean nothing =
                        expected.equals("answered 403") && decided.equals("answered 404") && atGateway(objects);
                assertThat(nothing ? expected : decided)
                        .as("seed " + seed + " " + asked)
                        .isEqualTo(expected);
            }
        }
        assertThat(proven).isGreaterThan(10);
    }

    /** Calls from inside and what only travels otherwise are not asked about here. */
    private static boolean isAboutOthers(Problem problem) {
        return problem.code().equals("istio.travels") || problem.code().equals("istio.unread-inside");
    }

    private static boolean atGateway(List<Manifest> objects) {
        return objects.stream()
                .anyMatch(object -> object.kind().equals("AuthorizationPolicy")
                        && object.namespace().equals("istio-system"));
    }

    private static RequestValue request(NaiveMesh.Asked asked) {
        RequestValue request = RequestValue.of(asked.method(), asked.host(), asked.path(), null)
                .token(asked.token());
        for (Map.Entry<String, String> header : asked.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return "to " + forward.api().name() + " " + forward.forwardPath();
        }
        return decision instanceof Decision.Reply reply
                ? "answered " + reply.status()
                : "answered " + ((Decision.Refuse) decision).status();
    }
}
