package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import java.util.Random;

/** Requests of somebody, half of them from inside. */
public final class Calls {
    private final Random random;
    private final RandomCallers callers;
    private final RandomRequests requests;

    /** Equal seeds make equal requests. */
    public Calls(long seed) {
        this.random = new Random(seed);
        this.callers = new RandomCallers(seed);
        this.requests = new RandomRequests(seed);
    }

    /** The next one. */
    public RequestValue request(MeshModel model) {
        return callers.request(random.nextBoolean() ? requests.request(model) : requests.inside(model));
    }
}
