package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
import java.time.InstantSource;
import java.util.Random;

/** Two models asked the same, answering like a mesh, up to what {@link IstioDeviations} lists. */
public final class Comparison {
    private final Evaluator one;
    private final Evaluator other;

    public Comparison(MeshModel one, MeshModel other) {
        this.one = Evaluator.of(one, IstioDialect.STATUSES, InstantSource.system());
        this.other = Evaluator.of(other, IstioDialect.STATUSES, InstantSource.system());
    }

    /** What the first answers, in words that are equal for equal answers. */
    public String first(RequestValue request, long luck) {
        return words(one.decide(request, luck(luck)));
    }

    public String second(RequestValue request, long luck) {
        return words(other.decide(request, luck(luck)));
    }

    /**
     * Deviations {@code istio.odd-paths} and {@code istio.callers-odd-paths}: where nothing is asked, and in calls from
     * inside, path parameters pass.
     */
    public boolean isListed(RequestValue request) {
        boolean inside = request.via() == Request.Via.MESH;
        ApiModel api = inside ? one.called(request.host()) : one.entered(request);
        return api != null
                && (inside ? CallerPlan.asks(api) : !AccessPlan.isNeeded(api))
                && request.path().indexOf(';') >= 0;
    }

    /** The same for each question about one request, so that it does not matter how many are asked before another. */
    private static Draw luck(long luck) {
        return bound -> new Random(luck).nextInt(bound);
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return "to " + forward.api().id() + " " + version(forward) + " " + forward.path() + " as "
                    + forward.forwardPath() + (forward.remember() ? " remembered" : "") + " copied to "
                    + forward.mirrors() + " after " + forward.delay();
        }
        if (decision instanceof Decision.Reply reply) {
            return "answered " + reply.status() + " " + reply.location() + " " + reply.contentType() + " "
                    + reply.body() + " after " + reply.delay();
        }
        return "refused " + ((Decision.Refuse) decision).status();
    }

    private static String version(Decision.Forward forward) {
        for (Version version : forward.api().service().versions()) {
            if (version.name().equals(forward.version())) {
                return version.toString();
            }
        }
        return "any workload" + (forward.version() == null ? "" : ", although it says " + forward.version());
    }
}
