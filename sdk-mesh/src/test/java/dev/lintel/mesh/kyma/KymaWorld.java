package dev.lintel.mesh.kyma;

import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.istio.RandomModels;
import java.util.Set;

/** What is drawn for Kyma, for tests that take all dialects. */
public final class KymaWorld {
    /** Why one may be refused. */
    public static final Set<String> REFUSALS = KymaRoundTripTest.ANY;
    /** Why one may be refused where nothing may stand beside an APIRule. */
    public static final Set<String> ALONE = KymaRoundTripTest.SIMPLE;

    private final Evaluator evaluator;

    /** Asks one model. */
    public KymaWorld(MeshModel model) {
        this.evaluator = KymaRoundTripTest.evaluator(model);
    }

    /** What an APIRule can say alone. */
    public static MeshModel simple(long seed) {
        return SimpleModels.of(new RandomModels(seed).model());
    }

    /** Whether an answer that differs is a deviation. */
    public static boolean isListed(RequestValue request) {
        return KymaRoundTripTest.isListed(request);
    }

    /** The answer, in words that are equal for equal answers. */
    public String answer(RequestValue request, long luck) {
        return KymaRoundTripTest.words(evaluator, request, luck);
    }
}
